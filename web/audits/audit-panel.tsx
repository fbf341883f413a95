import { Button, Group, Stack } from '@mantine/core';
import { IconArrowBackUp, IconEar, IconGavel, IconHourglass, IconMessage } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api.ts';
import { FormFault, LongField, showDone, SidePanel, Timeline, type TimelineEntry } from '../kit/index.ts';
import { useWords, type Say, type WordId } from '../words.ts';
import { checklistItems, doneSchema, type Audit, type Checked } from './answers.ts';
import { AuditState } from './audit-state.tsx';
import classes from './audits.module.css';

/** One audit: what was looked at, what was found, what followed, and the act that is this person's now. */
export function AuditPanel({ of, close }: { of: Audit; close: () => void }): ReactNode {
  const t = useWords();
  const title = of.name ?? of.person;
  return (
    <SidePanel title={title} label={title} close={close}>
      <Stack gap="md">
        <AuditState of={of} />
        {of.lead === null ? null : (
          <Link to="/leads" search={{ lead: of.lead }} className={classes['link']}>
            {of.leadName ?? of.lead}
          </Link>
        )}
        {of.removed ? (
          <p className={classes['help']}>{t('audits.panel.removed', { count: of.handedOver.length })}</p>
        ) : null}
        {checkedOf(of).length === 0 ? null : (
          <dl className={classes['facts']}>
            {checkedOf(of).map(([item, checked]) => (
              <div key={item} data-checked={checked}>
                <dt>{t(`audits.item.${item}`)}</dt>
                <dd>{t(`audits.checked.${checked}`)}</dd>
              </div>
            ))}
          </dl>
        )}
        <Timeline label={title} entries={stepsOf(t, of)} />
        {of.mayAnswer ? <AnswerForm of={of} /> : null}
        {of.mayRule ? <RulingForm of={of} /> : null}
        {(of.state === 'opened' || of.state === 'heard') && !of.mayRule && !of.mayAnswer ? (
          <p className={classes['help']}>{t('audits.panel.waits')}</p>
        ) : null}
      </Stack>
    </SidePanel>
  );
}

/** In the order in which they are asked. */
function checkedOf({ checklist }: Audit): [(typeof checklistItems)[number], Checked][] {
  return checklistItems.flatMap((item) => {
    const checked = checklist[item];
    return checked === undefined ? [] : [[item, checked]];
  });
}

const said = (text: string | null): ReactNode =>
  text === null ? null : <p className={classes['said']}>{text}</p>;

function stepsOf(t: Say, of: Audit): TimelineEntry[] {
  const steps: TimelineEntry[] = [
    {
      id: 'recorded',
      at: of.auditedAt,
      icon: IconEar,
      tone: of.finding === 'ok' ? 'good' : 'late',
      title: t(of.finding === 'ok' ? 'audits.step.ok' : 'audits.step.bad-care', {
        by: of.auditedByName ?? '',
      }),
      children: said(of.note),
    },
  ];
  if (of.answeredAt !== null)
    steps.push({
      id: 'answered',
      at: of.answeredAt,
      icon: IconMessage,
      tone: 'accent',
      title: t('audits.step.answered', { name: of.name ?? of.person }),
      children: said(of.answer),
    });
  else if (of.hearingDueAt !== null)
    steps.push({ id: 'due', at: of.hearingDueAt, icon: IconHourglass, title: t('audits.step.due') });
  if (of.ruledAt !== null)
    steps.push({
      id: 'ruled',
      at: of.ruledAt,
      icon: of.state === 'overturned' ? IconArrowBackUp : IconGavel,
      tone: of.state === 'overturned' ? 'good' : 'late',
      title: t(of.state === 'overturned' ? 'audits.step.overturned' : 'audits.step.upheld', {
        by: of.ruledByName ?? '',
      }),
      children: said(of.reasons),
    });
  return steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function useActing(of: Audit, way: 'answer' | 'ruling', done: WordId) {
  const t = useWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Readonly<Record<string, string>>) =>
      ask(`/api/audits/${encodeURIComponent(of.id)}/${way}`, doneSchema, { method: 'POST', body }),
    onSuccess: async () => {
      showDone(t(done));
      await Promise.all(
        ['audits', 'leads', 'roster'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      );
    },
  });
}

function AnswerForm({ of }: { of: Audit }): ReactNode {
  const t = useWords();
  const [reasons, setReasons] = useState('');
  const acting = useActing(of, 'answer', 'audits.answered');
  return (
    <form
      className={`${classes['part']} ${classes['form']}`}
      onSubmit={(event) => {
        event.preventDefault();
        acting.mutate({ reasons });
      }}
    >
      <LongField
        label={t('audits.answer')}
        description={t('audits.answer-help')}
        value={reasons}
        onChange={(event) => setReasons(event.currentTarget.value)}
        required
      />
      <FormFault error={acting.error} />
      <div>
        <Button type="submit" loading={acting.isPending} disabled={reasons.trim() === ''}>
          {t('audits.send')}
        </Button>
      </div>
    </form>
  );
}

function RulingForm({ of }: { of: Audit }): ReactNode {
  const t = useWords();
  const [reasons, setReasons] = useState('');
  const acting = useActing(of, 'ruling', 'audits.ruled');
  const rule = (outcome: 'upheld' | 'overturned') => (): void => acting.mutate({ outcome, reasons });
  return (
    <div className={`${classes['part']} ${classes['form']}`}>
      <LongField
        label={t('audits.reasons')}
        description={t('audits.reasons-help')}
        value={reasons}
        onChange={(event) => setReasons(event.currentTarget.value)}
        required
      />
      <FormFault error={acting.error} />
      <Group gap="xs">
        <Button loading={acting.isPending} disabled={reasons.trim() === ''} onClick={rule('upheld')}>
          {t('audits.uphold')}
        </Button>
        <Button
          variant="light"
          loading={acting.isPending}
          disabled={reasons.trim() === ''}
          onClick={rule('overturned')}
        >
          {t('audits.overturn')}
        </Button>
      </Group>
    </div>
  );
}
