import { Button, Group, Stack } from '@mantine/core';
import { IconBeach, IconCalendarPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { localDate } from '../../src/calendar/zones.ts';
import { ChoiceField, Field, FormFault, LongField, StatusBadge, type Tone } from '../kit/index.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures, useMay, useSession } from '../session.ts';
import { useWords, type WordId } from '../words.ts';
import classes from './shifts.module.css';
import type { AbsenceRow, Guards } from './shifts-answers.ts';
import { useChange } from './use-change.ts';

const KINDS = ['vacation', 'sick', 'personal', 'training', 'other'] as const;
const LOOK: Record<AbsenceRow['state'], { tone: Tone; word: WordId }> = {
  asked: { tone: 'soon', word: 'roster.absence.state.asked' },
  approved: { tone: 'good', word: 'roster.absence.state.approved' },
  refused: { tone: 'late', word: 'roster.absence.state.refused' },
  canceled: { tone: 'quiet', word: 'roster.absence.state.canceled' },
};

/** Days away: one's own asked for, and for those one answers for entered at once. */
export function Absences({ guards }: { guards: Guards }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const [asking, setAsking] = useState(false);
  const decides = useMay('shifts.decide');
  const change = useChange();
  const shown = guards.absences.filter(
    ({ state, mine }) => state === 'approved' || mine || (decides && state === 'asked'),
  );
  return (
    <section>
      <Group justify="space-between">
        <h2 className={classes['heading']}>{t('roster.absence.title')}</h2>
        {asking ? null : (
          <Button
            size="compact-md"
            variant="light"
            leftSection={<IconCalendarPlus size={16} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            {t(guards.mayAsk && !decides ? 'roster.absence.ask' : 'roster.absence.enter')}
          </Button>
        )}
      </Group>
      {asking ? <AbsenceForm guards={guards} close={() => setAsking(false)} /> : null}
      {shown.length === 0 ? (
        <p className={classes['help']}>{t('roster.absence.nobody')}</p>
      ) : (
        <ul className={classes['mine']}>
          {shown.map((absence) => {
            const { id, name, fromOn, untilOn, state, kind, mine, answer } = absence;
            const { tone, word } = LOOK[state];
            return (
              <li key={id}>
                <IconBeach size={16} aria-hidden />
                <span>
                  {name} ·{' '}
                  {fromOn === untilOn
                    ? figures.day(fromOn)
                    : `${figures.day(fromOn)} – ${figures.day(untilOn)}`}
                  {kind === null ? '' : ` · ${t(`roster.absence.${kind}`)}`}
                  {answer ? ` · ${answer}` : ''}
                </span>
                <StatusBadge tone={tone} icon={IconBeach}>
                  {t(word)}
                </StatusBadge>
                {(mine || decides) && (state === 'asked' || state === 'approved') ? (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    onClick={() => change.mutate({ path: `/api/absences/${id}/cancel` })}
                  >
                    {t('roster.absence.cancel')}
                  </Button>
                ) : null}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function AbsenceForm({ guards, close }: { guards: Guards; close: () => void }): ReactNode {
  const t = useWords();
  const { organization } = useSession();
  const today = localDate(useServerNow(60), organization.zone);
  const decides = useMay('shifts.decide');
  const [person, setPerson] = useState(guards.mayAsk ? guards.me : (guards.people[0]?.person ?? ''));
  const [fromOn, setFromOn] = useState(today);
  const [untilOn, setUntilOn] = useState(today);
  const [kind, setKind] = useState<(typeof KINDS)[number]>('vacation');
  const [reason, setReason] = useState('');
  const forOther = person !== guards.me;
  const change = useChange(t(forOther ? 'roster.absence.was-entered' : 'roster.absence.was-asked'));
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(
          { path: '/api/absences', body: { person, fromOn, untilOn, kind, reason } },
          { onSuccess: close },
        );
      }}
    >
      <Stack gap="xs">
        {decides ? (
          <ChoiceField
            label={t('roster.absence.who')}
            value={person}
            onChange={(event) => setPerson(event.currentTarget.value)}
            data={guards.people.map((each) => ({ value: each.person, label: each.name }))}
          />
        ) : null}
        <div className={classes['two']}>
          <Field
            type="date"
            label={t('roster.absence.from')}
            required
            min={today}
            value={fromOn}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setFromOn(value);
              if (untilOn < value) setUntilOn(value);
            }}
          />
          <Field
            type="date"
            label={t('roster.absence.until')}
            required
            min={fromOn}
            value={untilOn}
            onChange={(event) => setUntilOn(event.currentTarget.value)}
          />
        </div>
        <ChoiceField
          label={t('roster.absence.kind')}
          value={kind}
          onChange={(event) => setKind(KINDS.find((each) => each === event.currentTarget.value) ?? 'other')}
          data={KINDS.map((value) => ({ value, label: t(`roster.absence.${value}`) }))}
        />
        <LongField
          label={t('roster.reason')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormFault error={change.error} />
        <Group justify="flex-end" gap="xs">
          <Button size="compact-md" variant="default" onClick={close}>
            {t('administration.cancel')}
          </Button>
          <Button size="compact-md" type="submit" loading={change.isPending}>
            {t(forOther ? 'roster.absence.enter' : 'roster.absence.ask')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
