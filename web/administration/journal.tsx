import { Button } from '@mantine/core';
import { IconDownload, IconNotebook } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { ask } from '../api.ts';
import { entryText } from '../entry-words.ts';
import { DataTable, EmptyState, ListAndPanel, Page, parseClause, When, type Column } from '../kit/index.ts';
import { useWords, type Say } from '../words.ts';
import { pageSchema, queryOf, type Filter, type Row } from './journal-answers.ts';
import { actorText, EntryPanel, KindBadge, Seal } from './journal-entry.tsx';
import { Filters } from './journal-filters.tsx';
import classes from './journal.module.css';

/** Bitácora: all facts and decisions, with the clause behind each and its seal in the chain. */
export default function Journal(): ReactNode {
  const t = useWords();
  const [filter, setFilter] = useState<Filter>({});
  const [open, setOpen] = useState<string | null>(null);
  const query = queryOf(filter).toString();
  const pages = useInfiniteQuery({
    queryKey: ['journal', query],
    queryFn: ({ pageParam }) =>
      ask(`/api/journal?${query}${pageParam === null ? '' : `&before=${pageParam}`}`, pageSchema),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows), [pages.data]);
  const columns = useMemo(() => columnsFor(t), [t]);
  const row = rows?.find(({ id }) => String(id) === open);
  return (
    <Page
      title={t('administration.journal.title')}
      lead={t('administration.journal.lead')}
      shape="full"
      actions={
        <Button
          component="a"
          href={`/api/journal.csv?${query}`}
          download
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('administration.journal.csv')}
        </Button>
      }
    >
      <div className={classes['whole']}>
        <Filters filter={filter} change={setFilter} />
        <div className={classes['rest']}>
          <ListAndPanel
            list={
              <div className={classes['list']}>
                <DataTable
                  label={t('administration.journal.title')}
                  rows={rows}
                  columns={columns}
                  rowId={({ id }) => String(id)}
                  openId={open ?? undefined}
                  onOpen={setOpen}
                  error={pages.error}
                  retry={() => void pages.refetch()}
                  narrow={card}
                  empty={
                    <EmptyState
                      icon={IconNotebook}
                      title={t('administration.journal.nothing')}
                      action={
                        query === '' ? undefined : (
                          <Button variant="light" onClick={() => setFilter({})}>
                            {t('administration.journal.clear')}
                          </Button>
                        )
                      }
                    />
                  }
                />
                {pages.hasNextPage ? (
                  <Button
                    variant="light"
                    className={classes['more']}
                    loading={pages.isFetchingNextPage}
                    onClick={() => void pages.fetchNextPage()}
                  >
                    {t('administration.journal.more')}
                  </Button>
                ) : null}
              </div>
            }
            panel={
              row === undefined ? null : (
                <EntryPanel
                  row={row}
                  close={() => setOpen(null)}
                  narrow={(part) => setFilter({ ...filter, ...part })}
                />
              )
            }
          />
        </div>
      </div>
    </Page>
  );
}

/** The clauses by their ids; the product's own rules have names for programs only. */
function clausesOf(t: Say, { because }: Row): string {
  const shown = because.map((reference) => {
    const parts = parseClause(reference);
    if (parts === undefined) return reference;
    return parts.version === '' ? t('kit.why.house') : parts.clause;
  });
  return [...new Set(shown)].join(', ');
}

function columnsFor(t: Say): Column<Row>[] {
  return [
    {
      id: 'at',
      title: t('administration.col.when'),
      value: (row) => row.at,
      cell: (row) => <When at={row.at} as="moment" />,
      width: 9.5,
      sortable: false,
    },
    {
      id: 'kind',
      title: t('administration.journal.kind'),
      value: (row) => row.kind,
      cell: (row) => <KindBadge row={row} />,
      width: 7.5,
      sortable: false,
      wideOnly: true,
    },
    {
      id: 'entry',
      title: t('administration.journal.entry'),
      value: (row) => entryText(t, row.entry),
      width: 11,
      grow: 2,
      sortable: false,
    },
    {
      id: 'person',
      title: t('administration.journal.person'),
      value: (row) => row.personName ?? row.person,
      width: 8,
      grow: 1,
      sortable: false,
    },
    {
      id: 'actor',
      title: t('administration.journal.actor'),
      value: (row) => actorText(t, row),
      width: 8,
      grow: 1,
      sortable: false,
      wideOnly: true,
    },
    {
      id: 'lead',
      title: t('administration.col.lead'),
      value: (row) => row.lead,
      width: 6,
      grow: 1,
      sortable: false,
      wideOnly: true,
    },
    {
      id: 'because',
      title: t('administration.journal.clause'),
      value: (row) => clausesOf(t, row),
      width: 6,
      sortable: false,
      wideOnly: true,
    },
    {
      id: 'seal',
      title: t('administration.journal.seal'),
      value: (row) => row.seal?.number,
      cell: (row) => <Seal row={row} />,
      align: 'right',
      width: 6,
      sortable: false,
      wideOnly: true,
    },
  ];
}

const card = (row: Row): ReactNode => <Card row={row} />;

function Card({ row }: { row: Row }): ReactNode {
  const t = useWords();
  return (
    <div className={classes['card']}>
      <span className={classes['line']}>
        <strong>{entryText(t, row.entry)}</strong>
        <When at={row.at} as="moment" />
      </span>
      <span className={classes['line']}>
        <span>{row.personName ?? row.lead ?? ''}</span>
        <span>{clausesOf(t, row)}</span>
      </span>
    </div>
  );
}
