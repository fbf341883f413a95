import { IconAlertTriangle, IconScale } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { z } from 'zod';
import {
  Act,
  Countdown,
  DataTable,
  EmptyState,
  ListAndPanel,
  Money,
  Page,
  RowCard,
  SidePanel,
  When,
  type Column,
} from '../kit/index.ts';
import { useMay, useSession } from '../session.ts';
import { useLanguage, useWords, type Say } from '../words.ts';
import { casesQuery, type Case, type Cases } from './answers.ts';
import { CasePanel } from './case-panel.tsx';
import { CaseState } from './case-state.tsx';
import classes from './money.module.css';
import { ReportForm } from './report-form.tsx';
import { MoneyTabs } from './tabs.tsx';
import { useCurrency } from './words-of.ts';

const address = z.object({ case: z.string().optional().catch(undefined) });
const OWN_ROLES: ReadonlySet<string> = new Set(['advisor', 'kam']);

/** Casos de sanción: what waits for an answer or a decision first; a row opens its case. */
export default function Sanctions(): ReactNode {
  const t = useWords();
  const navigate = useNavigate();
  const currency = useCurrency();
  const mayReport = useMay('sanctions.report');
  const isOwn = OWN_ROLES.has(useSession().user.role);
  const { case: openId } = address.parse(useSearch({ strict: false }));
  const open = (id: string | null): void =>
    void navigate({ to: '/sanctions', search: id === null ? {} : { case: id }, replace: true });
  const [reporting, setReporting] = useState(false);
  const { data, error, refetch } = useQuery(casesQuery(useLanguage()));
  const columns = useMemo(() => columnsFor(t, currency, data, isOwn), [t, currency, data, isOwn]);
  const found = data?.rows.find(({ id }) => id === openId);
  return (
    <Page
      title={t('money.case.title')}
      shape="full"
      lead={t(isOwn ? 'money.case.lead-own' : 'money.case.lead')}
      actions={
        mayReport ? (
          <Act
            keys="n"
            label={t('money.case.report')}
            run={() => setReporting(true)}
            leftSection={<IconAlertTriangle size={16} aria-hidden />}
          />
        ) : undefined
      }
    >
      <div className={classes['whole']}>
        <MoneyTabs at="/sanctions" />
        <div className={classes['rest']}>
          <ListAndPanel
            list={
              <DataTable
                label={t('money.case.title')}
                rows={data?.rows}
                columns={columns}
                rowId={({ id }) => id}
                openId={openId}
                onOpen={(id) => {
                  setReporting(false);
                  open(id);
                }}
                error={error}
                retry={() => void refetch()}
                narrow={narrowRow}
                narrowHeight={64}
                empty={
                  <EmptyState icon={IconScale} title={t('money.case.empty')}>
                    {t(isOwn ? 'money.case.empty-own' : 'money.case.empty-help')}
                  </EmptyState>
                }
              />
            }
            panel={
              reporting && data !== undefined ? (
                <SidePanel
                  title={t('money.case.report')}
                  label={t('money.case.report')}
                  close={() => setReporting(false)}
                >
                  <ReportForm
                    cases={data}
                    opened={(id) => {
                      setReporting(false);
                      open(id);
                    }}
                  />
                </SidePanel>
              ) : found === undefined || data === undefined ? null : (
                <CasePanel key={found.id} of={found} cases={data} close={() => open(null)} />
              )
            }
          />
        </div>
      </div>
    </Page>
  );
}

const narrowRow = (row: Case): ReactNode => <Card row={row} />;

function Card({ row }: { row: Case }): ReactNode {
  return (
    <RowCard>
      <strong>{row.name}</strong>
      <CaseState of={row} />
      <span className={classes['soft']}>{row.breach.replace(/^.*#/, '')}</span>
      <span className={classes['soft']}>
        <When at={row.ruledAt ?? row.hearingDueAt} as="moment" />
      </span>
    </RowCard>
  );
}

/** «P10 · Asignación de leads»: what tells clauses apart stands first, where a narrow column still shows it. */
function clauseText(breach: string, name: string | undefined): string {
  const clause = breach.replace(/^.*#/, '');
  return name === undefined ? clause : `${clause} · ${name.replace(/\s\S+$/, '')}`;
}

function columnsFor(
  t: Say,
  currency: 'MXN' | 'COP',
  cases: Cases | undefined,
  isOwn: boolean,
): Column<Case>[] {
  const names = new Map(cases?.clauses.map(({ clause, name }) => [clause, name]));
  const person: Column<Case> = {
    id: 'person',
    title: t('money.case.person'),
    value: ({ name }) => name,
    width: 9,
    grow: 2,
  };
  return [
    ...(isOwn ? [] : [person]),
    {
      id: 'clause',
      title: t('money.case.clause'),
      value: ({ breach }) => clauseText(breach, names.get(breach)),
      width: 11,
      grow: 2,
    },
    {
      id: 'state',
      title: t('money.case.state'),
      value: ({ state }) => state,
      cell: (row) => <CaseState of={row} />,
      width: 11,
    },
    {
      id: 'when',
      title: t('money.case.when'),
      value: (row) => row.ruledAt ?? row.hearingDueAt,
      cell: (row) =>
        row.state === 'opened' ? (
          <Countdown
            from={row.openedAt}
            until={row.hearingDueAt}
            own={isOwn}
            label={t('money.case.step.due')}
          />
        ) : (
          <When at={row.overturnedAt ?? row.ruledAt ?? row.hearingDueAt} as="moment" />
        ),
      width: 11,
    },
    {
      id: 'lost',
      title: t('money.case.lost'),
      value: ({ lost }) => Number(lost),
      cell: ({ lost }) =>
        /^-?0+\.0+$/.test(lost) ? (
          <span className={classes['soft']}>–</span>
        ) : (
          <Money amount={lost} currency={currency} />
        ),
      align: 'right',
      width: 8,
    },
  ];
}
