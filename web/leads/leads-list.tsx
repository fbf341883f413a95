import { Button, CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconInbox, IconSearch } from '@tabler/icons-react';
import { Suspense, useCallback, useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';
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
import { useFigures, useSession } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import { nameOf } from './acts.tsx';
import { listQuery, type LeadRow } from './data.ts';
import { LeadPanel } from './index.ts';
import { LeadState } from './lead-state.tsx';
import classes from './leads-list.module.css';
import { sourceText } from './words-of.ts';

const PAGE_ROWS = 100;
const ROWS_MAX = 200;

const did = z.enum(['received', 'contacted', 'in-time', 'missed', 'passed']);
const addressShape = z.object({
  open: z.enum(['running', 'not-contacted']).optional().catch(undefined),
  missed: z.boolean().optional().catch(undefined),
  holder: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  who: z.string().optional().catch(undefined),
  did: did.optional().catch(undefined),
  from: z.string().optional().catch(undefined),
  lead: z.string().optional().catch(undefined),
});
type Address = z.infer<typeof addressShape>;

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
  const columns = useMemo(() => columnsOf(t, user.person ?? ''), [t, user.person]);
  const narrow = useCallback(
    (row: LeadRow) => <Card row={row} own={row.holder === user.person} />,
    [user.person],
  );
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <Page
      title={t('leads.list.title')}
      shape="full"
      lead={
        <Said
          address={address}
          clear={() =>
            go({ holder: undefined, name: undefined, who: undefined, did: undefined, from: undefined })
          }
        />
      }
    >
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

function filtersOf(
  { open, missed, holder, who, did: done, from }: Address,
  search: string,
): Record<string, string> {
  return {
    ...(open === undefined ? {} : { open }),
    ...(missed === undefined ? {} : { missed: String(missed) }),
    ...(holder === undefined ? {} : { holder }),
    ...(who === undefined || done === undefined || from === undefined ? {} : { who, did: done, from }),
    ...(search === '' ? {} : { search }),
  };
}

/** Which figure or whose leads these are, and the way out of it. */
function Said({ address, clear }: { address: Address; clear: () => void }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { holder, name, who, did: done, from } = address;
  const of = name ?? holder ?? who ?? '';
  if (holder === undefined && (who === undefined || done === undefined || from === undefined)) return null;
  const text =
    done === undefined || from === undefined
      ? t('leads.list.of', { name: of })
      : t(`leads.list.did.${done}`, { name: of, from: figures.date(instant(from)) });
  return (
    <span className={classes['said']}>
      {text}
      <CloseButton size="sm" aria-label={t('leads.list.clear')} onClick={clear} />
    </span>
  );
}

function columnsOf(t: Say, me: string): Column<LeadRow>[] {
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
      value: (row) => sourceText(t, row.source),
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
  return (
    <div className={classes['card']}>
      <strong>{nameOf(row)}</strong>
      <LeadState lead={row} own={own} />
      <span>
        {sourceText(t, row.source)} · {row.holderName ?? t('leads.list.nobody')}
      </span>
      <span className={classes['when']}>
        <When at={row.receivedAt} as="moment" />
      </span>
    </div>
  );
}
