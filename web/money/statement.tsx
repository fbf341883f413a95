import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { ErrorState, Page, RowsShape } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { statementQuery } from './answers.ts';
import { MonthPicker } from './months.tsx';
import { StatementView } from './statement-view.tsx';
import { MoneyTabs } from './tabs.tsx';

const address = z.object({ month: z.string().optional().catch(undefined) });

/** Mi estado de cuenta: one's own month, made for a phone. */
export default function MyStatement(): ReactNode {
  const t = useWords();
  const navigate = useNavigate();
  const { month } = address.parse(useSearch({ strict: false }));
  const { data, error, refetch } = useQuery(statementQuery(undefined, month));
  return (
    <Page title={t('money.statement.title')} shape="narrow" lead={t('money.statement.lead')}>
      <MoneyTabs at="/statement" />
      {data === undefined ? null : (
        <MonthPicker
          month={data.month}
          current={data.current}
          choose={(chosen) => void navigate({ to: '/statement', search: { month: chosen }, replace: true })}
        />
      )}
      {error !== null ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <RowsShape />
      ) : (
        <StatementView statement={data} />
      )}
    </Page>
  );
}
