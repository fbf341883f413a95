import { IconCoin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { z } from 'zod';
import {
  DataTable,
  EmptyState,
  ErrorState,
  ListAndPanel,
  Money,
  Page,
  RowCard,
  RowsShape,
  SidePanel,
  type Column,
} from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import { moneyQuery, statementQuery, type PersonMonth } from './answers.ts';
import classes from './money.module.css';
import { MonthPicker } from './months.tsx';
import { SalePanel } from './sale-panel.tsx';
import { StatementView } from './statement-view.tsx';
import { MoneyTabs } from './tabs.tsx';
import { WaitingShare } from './waiting-share.tsx';
import { monthText, useCurrency } from './words-of.ts';

const address = z.object({
  month: z.string().optional().catch(undefined),
  person: z.string().optional().catch(undefined),
  sale: z.string().optional().catch(undefined),
});
type Address = z.infer<typeof address>;

/** Dinero: each person's month; a row opens their statement, a closing all its amounts. */
export default function MoneyPage(): ReactNode {
  const t = useWords();
  const currency = useCurrency();
  const navigate = useNavigate();
  const { month, person, sale } = address.parse(useSearch({ strict: false }));
  const go = (to: Address): void =>
    void navigate({
      to: '/money',
      search: Object.fromEntries(Object.entries(to).filter(([, value]) => value !== undefined)),
      replace: true,
    });
  const { data, error, refetch } = useQuery(moneyQuery(month));
  const columns = useMemo(() => columnsFor(t, currency), [t, currency]);
  const row = data?.people.find((each) => each.person === person);
  return (
    <Page title={t('money.title')} shape="full" lead={t('money.lead')}>
      <div className={classes['whole']}>
        <MoneyTabs at="/money" />
        {data === undefined ? null : (
          <MonthPicker
            month={data.month}
            current={data.current}
            choose={(chosen) => go({ month: chosen, person })}
          />
        )}
        {data?.waiting == null ? null : <WaitingShare month={data.month} waiting={data.waiting} />}
        <div className={classes['rest']}>
          <ListAndPanel
            list={
              <DataTable
                label={t('money.title')}
                rows={data?.people}
                columns={columns}
                rowId={(each) => each.person}
                openId={person}
                onOpen={(id) => go({ month, person: id ?? undefined })}
                error={error}
                retry={() => void refetch()}
                narrow={narrowRow}
                narrowHeight={64}
                empty={
                  <EmptyState icon={IconCoin} title={t('money.empty')}>
                    {t('money.empty-help')}
                  </EmptyState>
                }
              />
            }
            panel={
              sale !== undefined ? (
                <SalePanel sale={sale} close={() => go({ month, person })} />
              ) : row === undefined || data === undefined ? null : (
                <PersonPanel
                  row={row}
                  month={data.month}
                  close={() => go({ month })}
                  openSale={(id) => go({ month, person, sale: id })}
                />
              )
            }
          />
        </div>
      </div>
    </Page>
  );
}

const narrowRow = (row: PersonMonth): ReactNode => <Card row={row} />;

function Card({ row }: { row: PersonMonth }): ReactNode {
  const t = useWords();
  const currency = useCurrency();
  return (
    <RowCard>
      <strong>{row.name}</strong>
      <strong className={classes['amount']}>
        <Money amount={row.net} currency={currency} />
      </strong>
      <span className={classes['soft']}>{t('money.card.closings', { count: row.closings })}</span>
      <span className={`${classes['soft']} ${classes['amount']}`}>
        <Money amount={row.deducted} currency={currency} />
      </span>
    </RowCard>
  );
}

function columnsFor(t: Say, currency: 'MXN' | 'COP'): Column<PersonMonth>[] {
  const amount = (
    id: 'earned' | 'deducted' | 'received' | 'lost' | 'adjusted' | 'net' | 'netBefore',
    title: string,
    wideOnly = false,
  ): Column<PersonMonth> => ({
    id,
    title,
    // For sorting only; what is shown is the decimal text.
    value: (row) => Number(row[id]),
    cell: (row) => (
      <span data-minus={row[id].startsWith('-')} className={classes['amount']}>
        {/^-?0+\.0+$/.test(row[id]) ? (
          <span className={classes['soft']}>–</span>
        ) : (
          <Money amount={row[id]} currency={currency} />
        )}
      </span>
    ),
    align: 'right',
    width: 7.5,
    wideOnly,
  });
  return [
    { id: 'name', title: t('money.col.name'), value: (row) => row.name, width: 9, grow: 2 },
    {
      id: 'closings',
      title: t('money.col.closings'),
      value: (row) => row.closings,
      align: 'right',
      width: 5.5,
    },
    amount('net', t('money.total.net')),
    amount('earned', t('money.total.earned')),
    amount('deducted', t('money.total.deducted')),
    amount('received', t('money.col.received'), true),
    amount('lost', t('money.total.lost')),
    amount('adjusted', t('money.total.adjusted')),
    amount('netBefore', t('money.col.before'), true),
  ];
}

function PersonPanel({
  row,
  month,
  close,
  openSale,
}: {
  row: PersonMonth;
  month: string;
  close: () => void;
  openSale: (sale: string) => void;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { data, error, refetch } = useQuery(statementQuery(row.person, month));
  const title = t('money.panel', { name: row.name, month: monthText(figures, month) });
  return (
    <SidePanel title={title} label={title} close={close}>
      {error !== null ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : data === undefined || data.person.id !== row.person ? (
        <RowsShape rows={5} />
      ) : (
        <StatementView statement={data} openSale={openSale} />
      )}
    </SidePanel>
  );
}
