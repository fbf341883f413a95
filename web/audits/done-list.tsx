import { IconEar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { DataTable, EmptyState, ListAndPanel, RowCard, When, type Column } from '../kit/index.ts';
import { useWords, type Say } from '../words.ts';
import { auditsQuery, type Audit } from './answers.ts';
import { AuditPanel } from './audit-panel.tsx';
import { AuditState } from './audit-state.tsx';
import classes from './audits.module.css';

/** Every audit within reach: what waits for an answer or a decision first. */
export function DoneList({
  openId,
  open,
  isOwn,
}: {
  openId: string | undefined;
  open: (id: string | null) => void;
  isOwn: boolean;
}): ReactNode {
  const t = useWords();
  const { data, error, refetch } = useQuery(auditsQuery);
  const columns = useMemo(() => columnsFor(t, isOwn), [t, isOwn]);
  const found = data?.rows.find(({ id }) => id === openId);
  return (
    <div className={classes['rest']}>
      <ListAndPanel
        list={
          <DataTable
            label={t('audits.view.done')}
            rows={data?.rows}
            columns={columns}
            rowId={({ id }) => id}
            openId={openId}
            onOpen={open}
            error={error}
            retry={() => void refetch()}
            narrow={isOwn ? ownCard : card}
            narrowHeight={64}
            empty={
              <EmptyState icon={IconEar} title={t('audits.done.empty')}>
                {t(isOwn ? 'audits.done.empty-own' : 'audits.done.empty-help')}
              </EmptyState>
            }
          />
        }
        panel={found === undefined ? null : <AuditPanel key={found.id} of={found} close={() => open(null)} />}
      />
    </div>
  );
}

/** One's own audits differ by whom they are about. */
const ownCard = (row: Audit): ReactNode => (
  <RowCard>
    <strong>{row.leadName}</strong>
    <AuditState of={row} />
    <span className={classes['soft']}>
      <When at={row.auditedAt} as="moment" />
    </span>
  </RowCard>
);

const card = (row: Audit): ReactNode => (
  <RowCard>
    <strong>{row.name}</strong>
    <AuditState of={row} />
    <span className={classes['soft']}>{row.leadName}</span>
    <span className={classes['soft']}>
      <When at={row.auditedAt} as="moment" />
    </span>
  </RowCard>
);

function columnsFor(t: Say, isOwn: boolean): Column<Audit>[] {
  const person: Column<Audit> = {
    id: 'person',
    title: t('audits.col.person'),
    value: ({ name }) => name,
    width: 9,
    grow: 2,
  };
  return [
    ...(isOwn ? [] : [person]),
    {
      id: 'lead',
      title: t('audits.col.lead'),
      value: ({ leadName, lead }) => leadName ?? lead,
      width: 9,
      grow: 2,
    },
    {
      id: 'state',
      title: t('audits.col.state'),
      value: ({ state }) => state,
      cell: (row) => <AuditState of={row} />,
      width: 14.5,
    },
    {
      id: 'when',
      title: t('audits.col.when'),
      value: ({ auditedAt }) => auditedAt,
      cell: ({ auditedAt }) => <When at={auditedAt} as="moment" />,
      width: 10,
    },
    {
      id: 'by',
      title: t('audits.col.by'),
      value: ({ auditedByName }) => auditedByName,
      width: 9,
      grow: 1,
      wideOnly: true,
    },
  ];
}
