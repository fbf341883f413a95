import { Button } from '@mantine/core';
import {
  IconDownload,
  IconNotebook,
  IconScale,
  IconSeeding,
  IconShieldCheck,
  IconClock,
} from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { useClauses } from '../clauses.ts';
import type { Instant } from '../../src/platform/time.ts';
import {
  ChoiceField,
  DataTable,
  EmptyState,
  Field,
  ListAndPanel,
  Page,
  parseClause,
  SidePanel,
  StatusBadge,
  When,
  type Column,
} from '../kit/index.ts';
import { useWords, type Say } from '../words.ts';
import { Because } from './because.tsx';
import { entryText } from './entry-words.ts';
import classes from './journal.module.css';

const at = z.string().transform((text) => text as Instant);
const rowSchema = z.object({
  id: z.number(),
  at,
  entry: z.string(),
  kind: z.enum(['fact', 'decision']),
  actor: z.string(),
  actorName: z.string().nullable(),
  person: z.string().nullable(),
  personName: z.string().nullable(),
  lead: z.string().nullable(),
  contact: z.string().nullable(),
  because: z.array(z.string()),
  causedBy: z.number().nullable(),
  fields: z.record(z.string(), z.unknown()),
  personal: z.record(z.string(), z.unknown()).nullable(),
  hadPersonal: z.boolean(),
  seal: z.object({ number: z.number(), hash: z.string(), sealedAt: z.string() }).nullable(),
});
type Row = z.infer<typeof rowSchema>;
const pageSchema = z.object({ now: at, rows: z.array(rowSchema), next: z.number().nullable() });
const namesSchema = z.object({
  entries: z.array(z.string()),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
});

const FILTERS = ['entry', 'kind', 'person', 'actor', 'clause', 'lead', 'contact', 'from', 'to'] as const;
type Filter = Partial<Record<(typeof FILTERS)[number], string>>;

function queryOf(filter: Filter): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of FILTERS) {
    const value = filter[name]?.trim();
    if (value !== undefined && value !== '') query.set(name, value);
  }
  return query;
}

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

function Filters({ filter, change }: { filter: Filter; change: (filter: Filter) => void }): ReactNode {
  const t = useWords();
  const { all } = useClauses();
  const names = useQuery({
    queryKey: ['staff', 'journal-names'],
    queryFn: () => ask('/api/journal/names', namesSchema),
  });
  const set = (name: keyof Filter) => (event: { currentTarget: { value: string } }) =>
    change({ ...filter, [name]: event.currentTarget.value });
  const anybody = { value: '', label: t('administration.journal.any') };
  const people = (names.data?.people ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const entries = [
    ...new Set((names.data?.entries ?? []).map((entry) => `${entry.split('.')[0] ?? entry}.`)),
  ].filter((group) => names.data?.entries.some((entry) => entry.startsWith(group)));
  return (
    <div className={classes['filters']} role="search" aria-label={t('administration.now.filter')}>
      <ChoiceField
        size="xs"
        label={t('administration.journal.entry')}
        value={filter.entry ?? ''}
        onChange={set('entry')}
        data={[
          anybody,
          ...entries.map((group) => ({
            value: group,
            label: t('administration.journal.all-of', { group: group.slice(0, -1) }),
          })),
          ...(names.data?.entries ?? []).map((entry) => ({ value: entry, label: entryText(t, entry) })),
        ]}
      />
      <ChoiceField
        size="xs"
        label={t('administration.journal.clause')}
        value={filter.clause ?? ''}
        onChange={set('clause')}
        data={[
          anybody,
          ...all.map(({ clause, name, text }) => ({
            value: clause,
            label: `${clause.startsWith('house#') ? name : `${name} ${clause.split('#')[1] ?? ''}`}: ${text.slice(0, 60)}`,
          })),
        ]}
      />
      <ChoiceField
        size="xs"
        label={t('administration.journal.person')}
        value={filter.person ?? ''}
        onChange={set('person')}
        data={[anybody, ...people]}
      />
      <ChoiceField
        size="xs"
        label={t('administration.journal.actor')}
        value={filter.actor ?? ''}
        onChange={set('actor')}
        data={[
          anybody,
          { value: 'clock', label: t('administration.actor.clock') },
          { value: 'pbx', label: t('administration.actor.pbx') },
          ...people,
        ]}
      />
      <Field
        size="xs"
        label={t('administration.col.lead')}
        value={filter.lead ?? ''}
        onChange={set('lead')}
      />
      <Field
        size="xs"
        label={t('administration.journal.contact')}
        value={filter.contact ?? ''}
        onChange={set('contact')}
      />
      <Field
        size="xs"
        type="date"
        label={t('administration.journal.from')}
        value={filter.from ?? ''}
        onChange={set('from')}
      />
      <Field
        size="xs"
        type="date"
        label={t('administration.journal.to')}
        value={filter.to ?? ''}
        onChange={set('to')}
      />
    </div>
  );
}

export function actorText(t: Say, { actor, actorName }: Pick<Row, 'actor' | 'actorName'>): string {
  if (actorName !== null) return actorName;
  if (actor === 'clock') return t('administration.actor.clock');
  return actor === 'pbx' ? t('administration.actor.pbx') : actor;
}

function clausesOf(row: Row): string {
  return row.because.map((reference) => parseClause(reference)?.clause ?? reference).join(', ');
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
      value: clausesOf,
      cell: (row) => clausesOf(row),
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

function KindBadge({ row }: { row: Row }): ReactNode {
  const t = useWords();
  return row.kind === 'decision' ? (
    <StatusBadge tone="accent" icon={IconScale}>
      {t('administration.journal.decision')}
    </StatusBadge>
  ) : (
    <StatusBadge tone="quiet" icon={IconSeeding}>
      {t('administration.journal.fact')}
    </StatusBadge>
  );
}

function Seal({ row: { seal } }: { row: Row }): ReactNode {
  const t = useWords();
  return seal === null ? (
    <StatusBadge tone="soon" icon={IconClock}>
      {t('administration.journal.unsealed')}
    </StatusBadge>
  ) : (
    <span className={classes['seal']} title={seal.hash}>
      <IconShieldCheck size={14} aria-label={t('administration.journal.sealed')} /> {seal.number}
    </span>
  );
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
        <span>{clausesOf(row)}</span>
      </span>
    </div>
  );
}

interface PanelProps {
  row: Row;
  close: () => void;
  narrow: (part: Filter) => void;
}

/** All that an entry says: its reason in the clause's words, its fields, its place in the chain. */
function EntryPanel({ row, close, narrow }: PanelProps): ReactNode {
  const t = useWords();
  const title = entryText(t, row.entry);
  const link = (name: 'person' | 'actor' | 'lead' | 'contact', value: string | null, text: string | null) =>
    value === null ? null : (
      <>
        <dt>{t(name === 'lead' ? 'administration.col.lead' : `administration.journal.${name}`)}</dt>
        <dd>
          <button type="button" className={classes['narrow']} onClick={() => narrow({ [name]: value })}>
            {text ?? value}
          </button>
        </dd>
      </>
    );
  return (
    <SidePanel title={title} label={title} close={close}>
      <div className={classes['entry']}>
        <dl className={classes['facts']}>
          <dt>{t('administration.col.when')}</dt>
          <dd>
            <When at={row.at} as="moment" />
          </dd>
          {link('actor', row.actor, actorText(t, row))}
          {link('person', row.person, row.personName)}
          {link('lead', row.lead, null)}
          {link('contact', row.contact, null)}
          <dt>{t('administration.journal.number')}</dt>
          <dd>
            {row.id}
            {row.causedBy === null
              ? null
              : ` · ${t('administration.journal.caused-by', { number: String(row.causedBy) })}`}
          </dd>
        </dl>
        {row.because.length > 0 ? (
          <section>
            <h3>{t('kit.why.ask')}</h3>
            <Because open sentence={title} because={row.because} />
          </section>
        ) : null}
        <section>
          <h3>{t('administration.journal.fields')}</h3>
          <pre>{JSON.stringify(row.fields, null, 2)}</pre>
        </section>
        {row.hadPersonal ? (
          <section>
            <h3>{t('administration.journal.personal')}</h3>
            {row.personal === null ? (
              <p className={classes['help']}>{t('administration.journal.personal-hidden')}</p>
            ) : (
              <pre>{JSON.stringify(row.personal, null, 2)}</pre>
            )}
          </section>
        ) : null}
        <section>
          <h3>{t('administration.journal.seal')}</h3>
          <Seal row={row} />
          {row.seal === null ? null : <code className={classes['hash']}>{row.seal.hash}</code>}
        </section>
      </div>
    </SidePanel>
  );
}
