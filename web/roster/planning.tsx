import { Button, Group, NumberInput, SegmentedControl, Stack } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconDeviceFloppy,
  IconSend,
  IconWand,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { localDate } from '../../src/calendar/zones.ts';
import { ask } from '../api.ts';
import { shortDay } from '../figures.ts';
import { Act, Field, FormFault, offerUndo, showDone } from '../kit/index.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures, useSession } from '../session.ts';
import { useWords } from '../words.ts';
import { Calendar } from './calendar.tsx';
import { blocksOf, codeOf, gapsOf, painted, planOf, sharedOut, shiftsIn, type Plan } from './plan.ts';
import classes from './shifts.module.css';
import { plannedSchema, type Guards } from './shifts-answers.ts';

const GAPS_SHOWN = 6;
const MINIMUM_MAX = 20;

type Brush = 'morning' | 'afternoon' | 'whole' | 'custom' | 'free';

/** Planning a zone's month: paint the days, see what is missing, keep a draft, publish. */
export function Planning({ guards }: { guards: Guards }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const client = useQueryClient();
  const { organization } = useSession();
  const today = localDate(useServerNow(60), organization.zone);
  const [plan, setPlan] = useState<Plan>(() => planOf(guards));
  const [minimum, setMinimum] = useState(guards.minimum);
  const [brush, setBrush] = useState<Brush>('morning');
  const [custom, setCustom] = useState({ from: '10:00', until: '15:00' });
  const [touched, setTouched] = useState(false);
  const blocks = useMemo(() => blocksOf(guards), [guards]);
  const gaps = useMemo(() => gapsOf(guards, plan, minimum), [guards, plan, minimum]);
  const known = new Set(guards.people.map(({ person }) => person));
  const saving = useMutation({
    mutationFn: (publish: boolean) =>
      ask('/api/shifts', plannedSchema, {
        method: 'POST',
        body: {
          month: guards.month,
          zone: guards.zone,
          minimum,
          publish,
          shifts: shiftsIn(plan).filter(({ person }) => known.has(person)),
        },
      }),
    onSuccess: async (_done, publish) => {
      showDone(t(publish ? 'roster.shifts.was-published' : 'roster.shifts.was-saved'));
      setTouched(false);
      await Promise.all(
        ['roster', 'turn', 'staff'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      );
    },
  });
  const change = (next: Plan): void => {
    setPlan(next);
    setTouched(true);
  };
  const paint = (person: string, on: string): void => {
    const block = brush === 'free' ? null : brush === 'custom' ? custom : blocks[brush];
    change(painted(plan, person, on, block));
  };
  const fill = (): void => {
    const before = plan;
    change(sharedOut(guards, plan, minimum, guards.month > today.slice(0, 7) ? '' : today));
    offerUndo({ text: t('roster.shifts.was-filled'), undo: () => setPlan(before) });
  };
  return (
    <section>
      <Group justify="space-between" align="flex-end" gap="sm">
        <h2 className={classes['heading']}>{t('roster.shifts.calendar')}</h2>
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconWand size={16} aria-hidden />}
            onClick={fill}
            disabled={guards.people.length === 0}
          >
            {t('roster.shifts.fill')}
          </Button>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconDeviceFloppy size={16} aria-hidden />}
            loading={saving.isPending && !saving.variables}
            disabled={!touched}
            onClick={() => saving.mutate(false)}
          >
            {t('roster.shifts.save')}
          </Button>
          <Act
            keys="p"
            size="compact-md"
            label={t(gaps.length === 0 ? 'roster.shifts.publish' : 'roster.shifts.publish-anyway')}
            leftSection={<IconSend size={16} aria-hidden />}
            loading={saving.isPending && saving.variables}
            disabled={(!touched && guards.draft === null) || shiftsIn(plan).length === 0}
            run={() => saving.mutate(true)}
          />
        </Group>
      </Group>
      <Stack gap="xs" mt="xs">
        <FormFault error={saving.error} />
        <div className={classes['brushes']}>
          <SegmentedControl
            size="xs"
            aria-label={t('roster.shifts.brush')}
            value={brush}
            onChange={(value) => setBrush(BRUSHES.find((each) => each === value) ?? 'morning')}
            data={[
              { value: 'morning', label: t('roster.brush.morning', { hours: codeOf(blocks.morning) }) },
              { value: 'afternoon', label: t('roster.brush.afternoon', { hours: codeOf(blocks.afternoon) }) },
              { value: 'whole', label: t('roster.brush.whole', { hours: codeOf(blocks.whole) }) },
              { value: 'custom', label: t('roster.brush.custom') },
              { value: 'free', label: t('roster.brush.free') },
            ]}
          />
          {brush === 'custom' ? (
            <>
              <Field
                type="time"
                size="xs"
                aria-label={t('roster.brush.from')}
                value={custom.from}
                onChange={(event) => setCustom({ ...custom, from: event.currentTarget.value })}
              />
              <Field
                type="time"
                size="xs"
                aria-label={t('roster.brush.until')}
                value={custom.until}
                onChange={(event) => setCustom({ ...custom, until: event.currentTarget.value })}
              />
            </>
          ) : null}
          <NumberInput
            size="xs"
            label={t('roster.shifts.minimum')}
            className={classes['minimum'] ?? ''}
            min={1}
            max={MINIMUM_MAX}
            value={minimum}
            onChange={(value) => {
              setMinimum(Math.min(MINIMUM_MAX, Math.max(1, Number(value) || 1)));
              setTouched(true);
            }}
          />
        </div>
        <Calendar guards={guards} plan={plan} minimum={minimum} paint={paint} today={today} />
        {gaps.length === 0 ? (
          <p className={classes['covered']}>
            <IconCircleCheck size={16} aria-hidden /> {t('roster.shifts.no-gaps')}
          </p>
        ) : (
          <div className={classes['gaps']} role="status">
            <IconAlertTriangle size={16} aria-hidden />
            <div>
              {t('roster.shifts.gaps', { many: gaps.length })}{' '}
              {gaps
                .slice(0, GAPS_SHOWN)
                .map(
                  ({ on, from, until, people }) =>
                    `${shortDay(figures, on)} ${t('roster.shifts.gap', { from, until, people: figures.number(people) })}`,
                )
                .join(' · ')}
              {gaps.length > GAPS_SHOWN ? ' …' : ''}
            </div>
          </div>
        )}
        <p className={classes['help']}>{t('roster.shifts.publish-help')}</p>
      </Stack>
    </section>
  );
}

const BRUSHES: readonly Brush[] = ['morning', 'afternoon', 'whole', 'custom', 'free'];
