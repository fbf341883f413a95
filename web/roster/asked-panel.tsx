import { Button, Checkbox, Group, NumberInput, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api.ts';
import { Field, FormFault, SidePanel } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import classes from './papers.module.css';
import type { Exam, Kind, Papers } from './papers-answers.ts';
import { doneSchema } from './shifts-answers.ts';

const WARN_DAYS = 30;

/** Which papers and exams the organization asks for, each from a day on. */
export function AskedPanel({ papers, close }: { papers: Papers; close: () => void }): ReactNode {
  const t = useWords();
  return (
    <SidePanel
      title={t('roster.papers.what-is-asked')}
      label={t('roster.papers.what-is-asked')}
      close={close}
    >
      <Stack gap="md">
        <section className={classes['paper']}>
          <h3>{t('roster.papers.col.papers')}</h3>
          {papers.kinds.map((kind) => (
            <AskedKind key={kind.id} kind={kind} />
          ))}
          <KindForm today={papers.today} />
        </section>
        <section className={classes['paper']}>
          <h3>{t('roster.papers.exams')}</h3>
          {papers.exams.map((exam) => (
            <AskedExam key={exam.id} exam={exam} />
          ))}
          <ExamForm today={papers.today} />
        </section>
      </Stack>
    </SidePanel>
  );
}

function useAsking(path: string, then: () => void = () => undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => ask(path, doneSchema, { method: 'POST', body }),
    onSuccess: async () => {
      then();
      await client.invalidateQueries({ queryKey: ['roster'] });
    },
  });
}

function AskedKind({ kind }: { kind: Kind }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const asking = useAsking('/api/papers/kinds');
  const { id, name, roles, expires, warnDays, fromOn } = kind;
  return (
    <div className={classes['filed']}>
      <strong>{name}</strong>
      <span className={classes['help']}>
        {t('roster.papers.from-on', { on: figures.day(fromOn) })} ·{' '}
        {expires
          ? t('roster.papers.warns', { days: figures.number(warnDays) })
          : t('roster.papers.does-not-expire')}
      </span>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        loading={asking.isPending}
        onClick={() => asking.mutate({ id, name, roles, expires, warnDays, fromOn, ended: true })}
      >
        {t('roster.papers.stop')}
      </Button>
    </div>
  );
}

function AskedExam({ exam }: { exam: Exam }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const asking = useAsking('/api/papers/exams');
  const { id, name, roles, passingMark, topMark, fromOn } = exam;
  return (
    <div className={classes['filed']}>
      <strong>{name}</strong>
      <span className={classes['help']}>
        {t('roster.papers.from-on', { on: figures.day(fromOn) })} ·{' '}
        {t('roster.exam.passes-with', { mark: figures.number(passingMark), top: figures.number(topMark) })}
      </span>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        loading={asking.isPending}
        onClick={() => asking.mutate({ id, name, roles, passingMark, topMark, fromOn, ended: true })}
      >
        {t('roster.papers.stop')}
      </Button>
    </div>
  );
}

/** Asked from next month unless said: today's floor is not emptied by a paper nobody has yet. */
function firstOfNextMonth(today: string): string {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

function KindForm({ today }: { today: string }): ReactNode {
  const t = useWords();
  const [name, setName] = useState('');
  const [expires, setExpires] = useState(true);
  const [warnDays, setWarnDays] = useState<number | string>(WARN_DAYS);
  const [fromOn, setFromOn] = useState(firstOfNextMonth(today));
  const asking = useAsking('/api/papers/kinds', () => setName(''));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        asking.mutate({ name, expires, warnDays: expires ? Number(warnDays) : 0, fromOn });
      }}
    >
      <Stack gap="xs">
        <Field
          label={t('roster.papers.new-kind')}
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          label={t('roster.papers.expires')}
          checked={expires}
          onChange={(event) => setExpires(event.currentTarget.checked)}
        />
        <div className={classes['two']}>
          <Field
            type="date"
            label={t('roster.papers.from')}
            description={t('roster.papers.from-help')}
            required
            value={fromOn}
            onChange={(event) => setFromOn(event.currentTarget.value)}
          />
          {expires ? (
            <NumberInput
              label={t('roster.papers.warn-days')}
              description={t('roster.papers.warn-days-help')}
              min={0}
              max={365}
              value={warnDays}
              onChange={setWarnDays}
            />
          ) : null}
        </div>
        <FormFault error={asking.error} />
        <Group justify="flex-end">
          <Button type="submit" size="compact-md" loading={asking.isPending} disabled={name.trim() === ''}>
            {t('roster.papers.ask')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ExamForm({ today }: { today: string }): ReactNode {
  const t = useWords();
  const [name, setName] = useState('');
  const [passingMark, setPassingMark] = useState<number | string>(80);
  const [topMark, setTopMark] = useState<number | string>(100);
  const [fromOn, setFromOn] = useState(firstOfNextMonth(today));
  const asking = useAsking('/api/papers/exams', () => setName(''));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        asking.mutate({ name, passingMark: Number(passingMark), topMark: Number(topMark), fromOn });
      }}
    >
      <Stack gap="xs">
        <Field
          label={t('roster.exam.new')}
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={classes['three']}>
          <NumberInput
            label={t('roster.exam.passing')}
            required
            min={1}
            value={passingMark}
            onChange={setPassingMark}
          />
          <NumberInput label={t('roster.exam.top')} required min={1} value={topMark} onChange={setTopMark} />
          <Field
            type="date"
            label={t('roster.papers.from')}
            required
            value={fromOn}
            onChange={(event) => setFromOn(event.currentTarget.value)}
          />
        </div>
        <FormFault error={asking.error} />
        <Group justify="flex-end">
          <Button type="submit" size="compact-md" loading={asking.isPending} disabled={name.trim() === ''}>
            {t('roster.exam.ask')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
