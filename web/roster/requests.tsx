import { Button, Group } from '@mantine/core';
import { IconArrowsExchange, IconBeach } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { shortDay } from '../figures.ts';
import { Field, When } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { gapsOf } from './plan.ts';
import classes from './shifts.module.css';
import type { AbsenceRow, Guards, Shift, SwapRow } from './shifts-answers.ts';
import { useChange } from './use-change.ts';

/** What waits for this person's answer: swaps asked of them, swaps and absences of those they answer for. */
export function Requests({ guards }: { guards: Guards }): ReactNode {
  const t = useWords();
  const swaps = guards.swaps.filter((each) => each.toAnswer || each.toApprove);
  const absences = guards.absences.filter(({ toAnswer }) => toAnswer);
  if (swaps.length + absences.length === 0) return null;
  return (
    <section className={classes['requests']} aria-label={t('roster.requests.title')}>
      <h2 className={classes['heading']}>{t('roster.requests.title')}</h2>
      {swaps.map((swap) => (
        <SwapRequest key={swap.id} swap={swap} />
      ))}
      {absences.map((absence) => (
        <AbsenceRequest key={absence.id} absence={absence} guards={guards} />
      ))}
    </section>
  );
}

export function useShiftText(): (shift: Shift) => string {
  const figures = useFigures();
  return ({ on, from, until }) => `${shortDay(figures, on)}, ${from}–${until}`;
}

export function useSwapText(): (swap: Pick<SwapRow, 'gives' | 'takes' | 'byName' | 'ofName'>) => string {
  const t = useWords();
  const text = useShiftText();
  return ({ gives, takes, byName, ofName }) =>
    takes === null
      ? t('roster.swap.given', { by: byName, of: ofName, gives: text(gives) })
      : t('roster.swap.exchanged', { by: byName, of: ofName, gives: text(gives), takes: text(takes) });
}

function SwapRequest({ swap }: { swap: SwapRow }): ReactNode {
  const t = useWords();
  const change = useChange();
  const swapText = useSwapText();
  const [reason, setReason] = useState('');
  const answer = (yes: boolean): void =>
    change.mutate(
      swap.toAnswer
        ? { path: `/api/shifts/swaps/${swap.id}/answer`, body: { accepts: yes } }
        : { path: `/api/shifts/swaps/${swap.id}/verdict`, body: { approved: yes, reason } },
    );
  return (
    <article className={classes['request']}>
      <IconArrowsExchange size={18} aria-hidden />
      <div>
        <strong>{swapText(swap)}</strong>
        {swap.reason === '' ? null : <p>{swap.reason}</p>}
        <p className={classes['help']}>
          {t(swap.toAnswer ? 'roster.swap.waits-for-you' : 'roster.swap.both-agree')}{' '}
          {t('roster.swap.lapses')} <When at={swap.lapsesAt} as="moment" />
        </p>
      </div>
      <Answer
        yes={() => answer(true)}
        no={() => answer(false)}
        busy={change.isPending}
        reason={swap.toApprove ? reason : null}
        setReason={setReason}
        yesWord={swap.toAnswer ? t('roster.swap.accept') : t('roster.approve')}
        noWord={swap.toAnswer ? t('roster.swap.decline') : t('roster.refuse')}
      />
    </article>
  );
}

function AbsenceRequest({ absence, guards }: { absence: AbsenceRow; guards: Guards }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const change = useChange();
  const [reason, setReason] = useState('');
  const answer = (approved: boolean): void =>
    change.mutate({ path: `/api/absences/${absence.id}/verdict`, body: { approved, reason } });
  const uncovered = newGaps(guards, absence);
  return (
    <article className={classes['request']}>
      <IconBeach size={18} aria-hidden />
      <div>
        <strong>
          {t('roster.absence.asks', {
            name: absence.name,
            from: figures.day(absence.fromOn),
            until: figures.day(absence.untilOn),
          })}
        </strong>
        <p>
          {absence.kind === null ? null : t(`roster.absence.${absence.kind}`)}
          {absence.reason ? ` · ${absence.reason}` : null}
        </p>
        {uncovered.length === 0 ? (
          <p className={classes['help']}>{t('roster.absence.leaves-no-gap')}</p>
        ) : (
          <p className={classes['late']}>
            {t('roster.absence.leaves-gaps')}{' '}
            {uncovered.map(({ on, from, until }) => `${shortDay(figures, on)} ${from}–${until}`).join(' · ')}
          </p>
        )}
      </div>
      <Answer
        yes={() => answer(true)}
        no={() => answer(false)}
        busy={change.isPending}
        reason={reason}
        setReason={setReason}
        yesWord={t('roster.approve')}
        noWord={t('roster.refuse')}
      />
    </article>
  );
}

/** What would be missing if they were away, beyond what is missing already. */
function newGaps(guards: Guards, absence: AbsenceRow) {
  if (guards.published === null) return [];
  const plan = Object.fromEntries(guards.people.map(({ person, shifts }) => [person, shifts]));
  const before = new Set(gapsOf(guards, plan, guards.minimum).map((gap) => JSON.stringify(gap)));
  const approved = { ...guards, absences: [...guards.absences, { ...absence, state: 'approved' as const }] };
  return gapsOf(approved, plan, guards.minimum).filter((gap) => !before.has(JSON.stringify(gap)));
}

interface AnswerProps {
  yes: () => void;
  no: () => void;
  yesWord: string;
  noWord: string;
  busy: boolean;
  /** Null: none is asked for. */
  reason: string | null;
  setReason: (reason: string) => void;
}

/** Yes at once; a no to somebody on one's team comes with its reason. */
function Answer({ yes, no, yesWord, noWord, busy, reason, setReason }: AnswerProps): ReactNode {
  const t = useWords();
  const [refusing, setRefusing] = useState(false);
  return (
    <Group gap="xs" align="flex-end">
      {refusing && reason !== null ? (
        <Field
          size="xs"
          label={t('roster.reason')}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      ) : (
        <Button size="compact-sm" loading={busy} onClick={yes}>
          {yesWord}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        disabled={busy || (refusing && reason !== null && reason.trim() === '')}
        onClick={() => (reason === null || refusing ? no() : setRefusing(true))}
      >
        {noWord}
      </Button>
      {refusing ? (
        <Button size="compact-sm" variant="subtle" onClick={() => setRefusing(false)}>
          {t('administration.cancel')}
        </Button>
      ) : null}
    </Group>
  );
}
