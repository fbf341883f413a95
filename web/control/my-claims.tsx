import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus, IconScale } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { Act, DataTable, EmptyState, ListAndPanel, Page, type Column } from '../kit/index.ts';
import { useMay } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import { claimsQuery, type ClaimRow } from './answers.ts';
import { CasePanel } from './case-panel.tsx';
import { cardsWith, Due, rulingOf, Standing } from './cases.tsx';
import classes from './control.module.css';

/** Solicitudes: what I asked for, what others ask of me, and of my line. */
export default function MyClaims(): ReactNode {
  const t = useWords();
  const router = useRouter();
  const mayAsk = useMay('claims.request');
  const [open, setOpen] = useState(true);
  const [chosen, setChosen] = useState<string | null>(null);
  const claims = useQuery(claimsQuery(open));
  const data = claims.data;
  const columns = useMemo(
    () => columnsFor(t, data?.people ?? {}, data?.me ?? ''),
    [t, data?.people, data?.me],
  );
  const card = useMemo(() => cardsWith(data?.people ?? {}), [data?.people]);
  const ask = (): void => void router.navigate({ to: '/claims/new' });
  return (
    <Page
      title={t('control.claims.title')}
      shape="full"
      lead={t('control.claims.lead')}
      actions={
        <>
          <SegmentedControl
            size="xs"
            value={open ? 'open' : 'done'}
            onChange={(value) => (setChosen(null), setOpen(value === 'open'))}
            data={[
              { value: 'open', label: t('control.cases.open') },
              { value: 'done', label: t('control.cases.done') },
            ]}
          />
          {mayAsk ? (
            <Act
              keys="n"
              label={t('control.claims.new')}
              run={ask}
              leftSection={<IconPlus size={16} aria-hidden />}
            />
          ) : null}
        </>
      }
    >
      <div className={classes['whole']}>
        <div className={classes['rest']}>
          <ListAndPanel
            list={
              <DataTable
                label={t('control.claims.title')}
                rows={data?.rows}
                columns={columns}
                rowId={({ id }) => id}
                openId={chosen ?? undefined}
                onOpen={setChosen}
                error={claims.error}
                retry={() => void claims.refetch()}
                narrow={card}
                empty={
                  <EmptyState
                    icon={IconScale}
                    title={t(open ? 'control.claims.empty' : 'control.cases.none-done')}
                    action={
                      mayAsk && open ? (
                        <Button variant="light" onClick={ask}>
                          {t('control.claims.new')}
                        </Button>
                      ) : undefined
                    }
                  >
                    {t('control.claims.empty-help')}
                  </EmptyState>
                }
              />
            }
            panel={
              chosen === null ? null : <CasePanel key={chosen} claim={chosen} close={() => setChosen(null)} />
            }
          />
        </div>
      </div>
    </Page>
  );
}

function columnsFor(t: Say, people: Record<string, string>, me: string): Column<ClaimRow>[] {
  const name = (id: string | null): string => (id === null ? '' : (people[id] ?? id));
  return [
    {
      id: 'state',
      title: t('control.col.state'),
      value: ({ state }) => state,
      cell: (row) => <Standing row={row} />,
      width: 11,
    },
    {
      id: 'lead',
      title: t('control.col.lead'),
      value: (row) => row.name ?? String(row.number),
      width: 9,
      grow: 2,
    },
    {
      id: 'side',
      title: t('control.col.side'),
      value: ({ requester, holder }) =>
        requester === me ? t('control.side.mine') : holder === me ? t('control.side.of-me') : name(requester),
      width: 9,
      grow: 1,
    },
    {
      id: 'due',
      title: t('control.col.due'),
      value: ({ rulingDueAt, ruledAt }) => ruledAt ?? rulingDueAt,
      cell: (row) => <Due row={row} />,
      width: 11,
    },
    {
      id: 'ruling',
      title: t('control.col.ruling'),
      value: (row) => rulingOf(t, row),
      width: 12,
      grow: 2,
      wideOnly: true,
    },
  ];
}
