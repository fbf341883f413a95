import { Button, Checkbox, Group, Stack } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconGavel,
  IconHourglass,
  IconMessage,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api.ts';
import {
  Facts,
  faultOf,
  Field,
  FormFault,
  LongField,
  Money,
  showDone,
  SidePanel,
  Timeline,
  type TimelineEntry,
} from '../kit/index.ts';
import { useFigures, useMay } from '../session.ts';
import { useWords, type Say, type WordId } from '../words.ts';
import { doneSchema, type Case, type Cases } from './answers.ts';
import classes from './money.module.css';
import { Reason } from './reason.tsx';
import { CaseState } from './case-state.tsx';
import { monthText, useCurrency } from './words-of.ts';

/** One case: what happened in order, on what it bears, and the act that is this person's now. */
export function CasePanel({ of, cases, close }: { of: Case; cases: Cases; close: () => void }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const currency = useCurrency();
  const maySeeMoney = useMay('money.see');
  const clause = cases.clauses.find((each) => each.clause === of.breach);
  const title = of.name ?? of.person;
  return (
    <SidePanel title={title} label={title} close={close}>
      <Stack gap="md">
        <Group gap="xs">
          <CaseState of={of} />
          <Reason sentence={clause?.name ?? of.breach} because={of.because} />
        </Group>
        <section>
          <strong>{clause?.name ?? of.breach}</strong>
          {clause === undefined ? null : <p className={classes['help']}>{clause.text}</p>}
        </section>
        <Facts>
          {of.lead === null ? null : (
            <>
              <dt>Lead</dt>
              <dd>
                <Link to="/leads" search={{ lead: of.lead }} className={classes['link']}>
                  {of.leadName ?? of.lead}
                </Link>
              </dd>
            </>
          )}
          {of.state === 'decided' || of.state === 'overturned' ? (
            <>
              <dt>{t('money.case.took')}</dt>
              <dd>
                <Money amount={of.lost} currency={currency} />
              </dd>
              <dt>{t('money.part.sanction')}</dt>
              <dd>
                {of.month === null
                  ? t('money.case.bears-sale')
                  : t('money.case.bears-month', { month: monthText(figures, of.month) })}
                {of.sale === null || !maySeeMoney ? null : (
                  <>
                    {' · '}
                    <Link to="/money" search={{ sale: of.sale }} className={classes['link']}>
                      {t('money.case.see-sale')}
                    </Link>
                  </>
                )}
              </dd>
            </>
          ) : null}
        </Facts>
        <Timeline label={title} entries={stepsOf(t, of)} />
        {of.mayAnswer ? <AnswerForm of={of} /> : null}
        {of.mayRule ? <RulingForm of={of} /> : null}
        {of.mayRevoke ? <RevokeForm of={of} /> : null}
      </Stack>
    </SidePanel>
  );
}

function said(t: Say, text: string | null): ReactNode {
  return <p className={classes['said']}>{text ?? t('money.case.words-erased')}</p>;
}

function stepsOf(t: Say, of: Case): TimelineEntry[] {
  const name = of.name ?? of.person;
  const steps: TimelineEntry[] = [
    {
      id: 'opened',
      at: of.openedAt,
      icon: IconAlertTriangle,
      tone: 'soon',
      title: t('money.case.step.opened', { by: of.reportedByName ?? '' }),
      children: said(t, of.account),
    },
  ];
  if (of.answeredAt === null)
    steps.push({ id: 'due', at: of.hearingDueAt, icon: IconHourglass, title: t('money.case.step.due') });
  else
    steps.push({
      id: 'answered',
      at: of.answeredAt,
      icon: IconMessage,
      tone: 'accent',
      title: t('money.case.step.answered', { name }),
      children: said(t, of.answer),
    });
  if (of.ruledAt !== null) {
    const none = of.percent === '0' || of.percent === null;
    steps.push({
      id: 'ruled',
      at: of.ruledAt,
      icon: IconGavel,
      tone: none ? 'quiet' : 'late',
      title: t(none ? 'money.case.step.ruled-none' : 'money.case.step.ruled', {
        by: of.ruledByName ?? '',
        percent: of.percent ?? '0',
      }),
      ...(of.heard === false ? { by: t('money.case.step.unheard') } : {}),
      children: said(t, of.reasons),
    });
  }
  if (of.overturnedAt !== null)
    steps.push({
      id: 'overturned',
      at: of.overturnedAt,
      icon: IconArrowBackUp,
      tone: 'good',
      title:
        of.overturnedByName === 'clock'
          ? t('money.case.step.overturned-clock')
          : t('money.case.step.overturned', { by: of.overturnedByName ?? '' }),
      ...(of.overturnedByName === 'clock' ? {} : { children: said(t, of.overturnedWhy) }),
    });
  return steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** One act on the case: sent, told, and the list asked again. */
function useActing(of: Case, way: 'answer' | 'ruling' | 'revocation', done: WordId) {
  const t = useWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Readonly<Record<string, string | boolean>>) =>
      ask(`/api/sanctions/${encodeURIComponent(of.id)}/${way}`, doneSchema, { method: 'POST', body }),
    onSuccess: async () => {
      showDone(t(done));
      await Promise.all(
        ['sanctions', 'money'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      );
    },
  });
}

function AnswerForm({ of }: { of: Case }): ReactNode {
  const t = useWords();
  const [reasons, setReasons] = useState('');
  const acting = useActing(of, 'answer', 'money.case.answered');
  return (
    <form
      className={`${classes['part']} ${classes['form']}`}
      onSubmit={(event) => {
        event.preventDefault();
        acting.mutate({ reasons });
      }}
    >
      <LongField
        label={t('money.case.answer')}
        description={t('money.case.answer-help')}
        value={reasons}
        onChange={(event) => setReasons(event.currentTarget.value)}
        required
      />
      <FormFault error={acting.error} />
      <div>
        <Button type="submit" loading={acting.isPending} disabled={reasons.trim() === ''}>
          {t('money.case.send')}
        </Button>
      </div>
    </form>
  );
}

function RulingForm({ of }: { of: Case }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const [percent, setPercent] = useState('');
  const [reasons, setReasons] = useState('');
  const [unheard, setUnheard] = useState(false);
  const acting = useActing(of, 'ruling', 'money.case.ruled');
  const waits = of.state === 'opened';
  return (
    <form
      className={`${classes['part']} ${classes['form']}`}
      onSubmit={(event) => {
        event.preventDefault();
        acting.mutate({ percent: percent.replace('%', '').trim(), reasons, unheard });
      }}
    >
      <h3>{t('money.case.rule')}</h3>
      {waits ? (
        <>
          <p className={classes['help']}>{t('money.case.wait')}</p>
          <Checkbox
            label={t('money.case.unheard')}
            description={t('money.case.unheard-help', { when: figures.exact(of.hearingDueAt) })}
            checked={unheard}
            onChange={(event) => setUnheard(event.currentTarget.checked)}
          />
        </>
      ) : null}
      {waits && !unheard ? null : (
        <>
          <Field
            label={t('money.case.percent')}
            description={t('money.case.percent-help')}
            inputMode="decimal"
            value={percent}
            onChange={(event) => setPercent(event.currentTarget.value)}
            error={faultOf(acting.error, 'percent')}
            required
          />
          <LongField
            label={t('money.act.reasons')}
            value={reasons}
            onChange={(event) => setReasons(event.currentTarget.value)}
            required
          />
          <FormFault error={acting.error} />
          <div>
            <Button
              type="submit"
              loading={acting.isPending}
              disabled={reasons.trim() === '' || percent.trim() === ''}
            >
              {t('money.case.rule')}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

function RevokeForm({ of }: { of: Case }): ReactNode {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const [reasons, setReasons] = useState('');
  const acting = useActing(of, 'revocation', 'money.case.revoked');
  if (!open)
    return (
      <div className={classes['part']}>
        <div>
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            {t('money.case.revoke')}
          </Button>
        </div>
      </div>
    );
  return (
    <form
      className={`${classes['part']} ${classes['form']}`}
      onSubmit={(event) => {
        event.preventDefault();
        acting.mutate({ reasons });
      }}
    >
      <LongField
        label={t('money.act.reasons')}
        value={reasons}
        onChange={(event) => setReasons(event.currentTarget.value)}
        required
      />
      <FormFault error={acting.error} />
      <Group gap="xs">
        <Button type="submit" loading={acting.isPending} disabled={reasons.trim() === ''}>
          {t('money.case.revoke')}
        </Button>
        <Button variant="subtle" onClick={() => setOpen(false)}>
          {t('money.act.leave')}
        </Button>
      </Group>
    </form>
  );
}
