import { Button, Group, Stack } from '@mantine/core';
import { IconArrowsExchange, IconCalendarEvent, IconClock } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { localDateTime } from '../../src/calendar/zones.ts';
import { ChoiceField, Field, FormFault, StatusBadge, type Tone } from '../kit/index.ts';
import { useServerNow } from '../server-clock.ts';
import { useSession } from '../session.ts';
import { useWords, type WordId } from '../words.ts';
import { useShiftText, useSwapText } from './requests.tsx';
import classes from './shifts.module.css';
import type { Guards, Shift, SwapRow } from './shifts-answers.ts';
import { useChange } from './use-change.ts';

const SHOWN = 8;

/** One's own guards still to come, with a swap one press away. */
export function MyGuards({ guards }: { guards: Guards }): ReactNode {
  const t = useWords();
  const { organization } = useSession();
  const now = localDateTime(useServerNow(60), organization.zone);
  const [swapping, setSwapping] = useState<Shift | null>(null);
  const [all, setAll] = useState(false);
  const text = useShiftText();
  const mine = guards.people.find(({ person }) => person === guards.me)?.shifts ?? [];
  const coming = mine.filter(({ on, until }) => `${on}T${until}` > now);
  const open = guards.swaps.filter(
    (each) => each.mine && (each.state === 'asked' || each.state === 'accepted'),
  );
  const shown = all ? coming : coming.slice(0, SHOWN);
  return (
    <section>
      <h2 className={classes['heading']}>{t('roster.mine.title')}</h2>
      {guards.published === null ? (
        <p className={classes['help']}>{t('roster.mine.unpublished')}</p>
      ) : coming.length === 0 ? (
        <p className={classes['help']}>{t('roster.mine.none')}</p>
      ) : (
        <ul className={classes['mine']}>
          {shown.map((shift) => {
            const begun = `${shift.on}T${shift.from}` <= now;
            const pending = open.find(({ gives }) => gives.on === shift.on && gives.from === shift.from);
            return (
              <li key={`${shift.on} ${shift.from}`} data-now={begun}>
                <IconCalendarEvent size={16} aria-hidden />
                <span>{text(shift)}</span>
                {begun ? (
                  <StatusBadge tone="good" icon={IconClock}>
                    {t('roster.mine.now')}
                  </StatusBadge>
                ) : pending === undefined ? (
                  <Button size="compact-sm" variant="subtle" onClick={() => setSwapping(shift)}>
                    {t('roster.swap.ask')}
                  </Button>
                ) : (
                  <Pending swap={pending} />
                )}
              </li>
            );
          })}
        </ul>
      )}
      {coming.length > SHOWN ? (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(!all)}>
          {t(all ? 'roster.mine.fewer' : 'roster.mine.all')}
        </Button>
      ) : null}
      {swapping === null ? null : (
        <SwapForm guards={guards} gives={swapping} now={now} close={() => setSwapping(null)} />
      )}
      <Settled guards={guards} />
    </section>
  );
}

function Pending({ swap }: { swap: SwapRow }): ReactNode {
  const t = useWords();
  const change = useChange();
  return (
    <Group gap="xs">
      <StatusBadge tone="soon" icon={IconArrowsExchange}>
        {t(swap.state === 'asked' ? 'roster.swap.waits-for' : 'roster.swap.waits-approval', {
          name: swap.ofName,
        })}
      </StatusBadge>
      <Button
        size="compact-sm"
        variant="subtle"
        loading={change.isPending}
        onClick={() => change.mutate({ path: `/api/shifts/swaps/${swap.id}/cancel` })}
      >
        {t('roster.swap.cancel')}
      </Button>
    </Group>
  );
}

const at = ({ on, from }: Shift) => ({ on, from });

/** With whom, and for which of theirs; or given for nothing back. */
function SwapForm({
  guards,
  gives,
  now,
  close,
}: {
  guards: Guards;
  gives: Shift;
  now: string;
  close: () => void;
}): ReactNode {
  const t = useWords();
  const text = useShiftText();
  const others = guards.people.filter(
    ({ person, decision }) => person !== guards.me && decision !== 'excluded',
  );
  const [of, setOf] = useState('');
  const [takes, setTakes] = useState('');
  const [reason, setReason] = useState('');
  const change = useChange(t('roster.swap.was-asked'));
  const theirs = (others.find(({ person }) => person === of)?.shifts ?? []).filter(
    ({ on, from }) => `${on}T${from}` > now,
  );
  const chosen = theirs.find((each) => `${each.on} ${each.from}` === takes);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(
          {
            path: '/api/shifts/swaps',
            body: { of, gives: at(gives), takes: chosen === undefined ? null : at(chosen), reason },
          },
          { onSuccess: close },
        );
      }}
    >
      <Stack gap="xs">
        <strong>{t('roster.swap.of', { shift: text(gives) })}</strong>
        <ChoiceField
          label={t('roster.swap.with')}
          required
          value={of}
          onChange={(event) => {
            setOf(event.currentTarget.value);
            setTakes('');
          }}
          data={[
            { value: '', label: t('roster.swap.choose') },
            ...others.map(({ person, name }) => ({ value: person, label: name })),
          ]}
        />
        {of === '' ? null : (
          <ChoiceField
            label={t('roster.swap.for')}
            value={takes}
            onChange={(event) => setTakes(event.currentTarget.value)}
            data={[
              { value: '', label: t('roster.swap.for-nothing') },
              ...theirs.map((each) => ({ value: `${each.on} ${each.from}`, label: text(each) })),
            ]}
          />
        )}
        <Field
          label={t('roster.reason')}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormFault error={change.error} />
        <Group justify="flex-end" gap="xs">
          <Button size="compact-md" variant="default" onClick={close}>
            {t('administration.cancel')}
          </Button>
          <Button size="compact-md" type="submit" loading={change.isPending} disabled={of === ''}>
            {t('roster.swap.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const SETTLED: Record<'approved' | 'refused' | 'declined' | 'lapsed', { tone: Tone; word: WordId }> = {
  approved: { tone: 'good', word: 'roster.swap.approved' },
  refused: { tone: 'late', word: 'roster.swap.refused' },
  declined: { tone: 'late', word: 'roster.swap.declined' },
  lapsed: { tone: 'quiet', word: 'roster.swap.lapsed' },
};

/** The last swaps and what came of them. */
function Settled({ guards }: { guards: Guards }): ReactNode {
  const t = useWords();
  const swapText = useSwapText();
  const settled = guards.swaps.flatMap((swap) => {
    const { state } = swap;
    return (swap.mine || swap.askedOf === guards.me) &&
      state !== 'asked' &&
      state !== 'accepted' &&
      state !== 'canceled'
      ? [{ swap, look: SETTLED[state] }]
      : [];
  });
  if (settled.length === 0) return null;
  return (
    <ul className={classes['mine']} aria-label={t('roster.swap.settled')}>
      {settled.slice(0, 5).map(({ swap, look }) => (
        <li key={swap.id}>
          <IconArrowsExchange size={16} aria-hidden />
          <span>
            {swapText(swap)}
            {swap.answer ? ` · ${swap.answer}` : ''}
          </span>
          <StatusBadge tone={look.tone} icon={IconArrowsExchange}>
            {t(look.word)}
          </StatusBadge>
        </li>
      ))}
    </ul>
  );
}
