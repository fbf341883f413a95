import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconInbox, IconSearch } from '@tabler/icons-react';
import { Suspense, useCallback, useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import {
  ChoiceField,
  DataTable,
  EmptyState,
  Field,
  ListAndPanel,
  Page,
  Phone,
  When,
  type Column,
} from '../kit/index.ts';
import { useSession } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import { nameOf } from './acts.tsx';
import { listQuery, sourceNamesQuery, type LeadRow } from './data.ts';
import { LeadPanel } from './index.ts';
import { LeadState } from './lead-state.tsx';
import classes from './leads-list.module.css';
import { addressShape, filtersOf, Said, type Address } from './list-address.tsx';
import { useSourceName } from './source-names.ts';
import { sourceText } from './words-of.ts';

const PAGE_ROWS = 100;
const ROWS_MAX = 200;

/** Leads within reach, by filters that stand in the address: a figure anywhere leads here. */
export default function LeadsList(): ReactNode {
  const t = useWords();
  const { user } = useSession();
  const address = addressShape.parse(useSearch({ strict: false }));
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const [limit, setLimit] = useState(PAGE_ROWS);
  const wanted = useDeferredValue(search.trim());
  const filters = filtersOf(address, wanted);
  const { data, error, refetch } = useQuery(listQuery(filters, limit));
  const go = (change: Partial<Address>): void =>
    void navigate({ to: '/leads', search: { ...address, ...change }, replace: true });
  const source = useSourceName();
  const columns = useMemo(() => columnsOf(t, source, user.person ?? ''), [t, source, user.person]);
  const narrow = useCallback(
    (row: LeadRow) => <Card row={row} own={row.holder === user.person} />,
    [user.person],
  );
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <Page title={t('leads.list.title')} shape="full" lead={<Said address={address} change={go} />}>
      <ListAndPanel
        list={
          <div className={classes['list']}>
            <div className={classes['filters']}>
              <Field
                aria-label={t('leads.list.search')}
                placeholder={t('leads.list.search')}
                leftSection={<IconSearch size={16} aria-hidden />}
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
              />
              <ChoiceField
                aria-label={t('leads.list.filter')}
                value={address.missed === true ? 'missed' : (address.open ?? 'all')}
                data={[
                  { value: 'all', label: t('leads.list.all') },
                  { value: 'running', label: t('leads.list.running') },
                  { value: 'not-contacted', label: t('leads.list.not-contacted') },
                  { value: 'missed', label: t('leads.list.missed') },
                ]}
                onChange={(event) => {
                  const chosen = event.currentTarget.value;
                  go({
                    missed: chosen === 'missed' ? true : undefined,
                    open: chosen === 'running' || chosen === 'not-contacted' ? chosen : undefined,
                  });
                }}
              />
              <ArrivalFilters address={address} change={go} />
            </div>
            <DataTable
              label={t('leads.list.title')}
              rows={data?.rows}
              columns={columns}
              rowId={(row) => row.id}
              openId={address.lead}
              onOpen={(id) => go({ lead: id ?? undefined })}
              error={error}
              retry={() => void refetch()}
              narrow={narrow}
              narrowHeight={80}
              tone={(row) => (row.stage === 'waiting' ? 'late' : undefined)}
              empty={
                <EmptyState icon={IconInbox} title={t(isFiltered ? 'leads.list.empty' : 'leads.list.none')}>
                  {t(isFiltered ? 'leads.list.empty-help' : 'leads.list.none-help')}
                </EmptyState>
              }
            />
            {data?.next != null && limit < ROWS_MAX ? (
              <Button variant="subtle" onClick={() => setLimit(ROWS_MAX)}>
                {t('leads.list.more')}
              </Button>
            ) : null}
          </div>
        }
        panel={
          address.lead === undefined ? null : (
            <Suspense fallback={null}>
              <LeadPanel lead={address.lead} close={() => go({ lead: undefined })} />
            </Suspense>
          )
        }
      />
    </Page>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** By which source they came, on which day, at which hour of it. */
function ArrivalFilters({
  address: { source, day, hour },
  change,
}: {
  address: Address;
  change: (to: Partial<Address>) => void;
}): ReactNode {
  const t = useWords();
  const { data } = useQuery(sourceNamesQuery);
  const named = data?.sources ?? [];
  // One that is not set up any more, or our own way of coming in, is still in the address.
  const unnamed = source === undefined || named.some(({ key }) => key === source) ? [] : [source];
  return (
    <>
      <ChoiceField
        aria-label={t('leads.list.source')}
        value={source ?? ''}
        data={[
          { value: '', label: t('leads.list.any-source') },
          ...named.map(({ key, name }) => ({ value: key, label: name })),
          ...unnamed.map((key) => ({ value: key, label: sourceText(t, key) })),
        ]}
        onChange={(event) => change({ source: event.currentTarget.value || undefined })}
      />
      <Field
        aria-label={t('leads.list.day')}
        type="date"
        value={day ?? ''}
        onChange={(event) => {
          const on = event.currentTarget.value || undefined;
          change({
            day: on,
            until: undefined,
            weekday: undefined,
            ...(on === undefined ? { hour: on } : {}),
          });
        }}
      />
      <ChoiceField
        aria-label={t('leads.list.hour')}
        disabled={day === undefined}
        value={hour === undefined ? '' : String(hour)}
        data={[
          { value: '', label: t('leads.list.any-hour') },
          ...HOURS.map((each) => ({ value: String(each), label: `${each}:00` })),
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          change({ hour: value === '' ? undefined : Number(value) });
        }}
      />
    </>
  );
}

function columnsOf(t: Say, source: (key: string) => string, me: string): Column<LeadRow>[] {
  return [
    { id: 'name', title: t('leads.list.person'), value: nameOf, width: 11, grow: 2 },
    {
      id: 'state',
      title: t('leads.list.state'),
      value: (row) => row.dueAt ?? row.status,
      cell: (row) => <LeadState lead={row} own={row.holder === me} />,
      width: 14,
    },
    {
      id: 'phone',
      title: t('leads.page.phone'),
      value: (row) => row.phone,
      cell: (row) => (row.phone === null ? '' : <Phone number={row.phone} />),
      width: 9,
    },
    {
      id: 'source',
      title: t('leads.list.source'),
      value: (row) => source(row.source),
      width: 8,
      grow: 1,
    },
    {
      id: 'holder',
      title: t('leads.list.holder'),
      value: (row) => row.holderName ?? t('leads.list.nobody'),
      width: 9,
      grow: 1,
    },
    {
      id: 'received',
      title: t('leads.list.received'),
      value: (row) => row.receivedAt,
      cell: (row) => <When at={row.receivedAt} as="moment" />,
      width: 10,
      align: 'right',
    },
    { id: 'grade', title: t('leads.list.grade'), value: (row) => row.grade ?? '', width: 6, align: 'center' },
  ];
}

function Card({ row, own }: { row: LeadRow; own: boolean }): ReactNode {
  const t = useWords();
  const source = useSourceName();
  return (
    <div className={classes['card']}>
      <strong>{nameOf(row)}</strong>
      <LeadState lead={row} own={own} />
      <span>
        {source(row.source)} · {row.holderName ?? t('leads.list.nobody')}
      </span>
      <span className={classes['when']}>
        <When at={row.receivedAt} as="moment" />
      </span>
    </div>
  );
}
