/** Buzón: requests by mail, what waits for somebody first; the mail beside what was read of it. */
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconHourglass,
  IconMailOpened,
  IconMailOff,
  IconSend,
  IconShieldX,
  type Icon,
} from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import {
  DataTable,
  EmptyState,
  ListAndPanel,
  Page,
  StatusBadge,
  When,
  type Column,
  type Tone,
} from '../kit/index.ts';
import { useWords, type Say, type WordId } from '../words.ts';
import { draftsQuery, type ListedDraft } from './data.ts';
import { DraftPanel } from './draft-panel.tsx';
import { LooseMails } from './loose-mails.tsx';

type Shown = 'waiting' | 'settled' | 'loose';

export default function Mailbox(): ReactNode {
  const t = useWords();
  const [shown, setShown] = useState<Shown>('waiting');
  const [open, setOpen] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(draftsQuery(shown === 'settled'));
  const columns = useMemo(() => columnsOf(t), [t]);
  const known = data?.drafts.some(({ id }) => id === open) ?? false;
  const pick = (value: string): void => {
    setShown(value === 'settled' || value === 'loose' ? value : 'waiting');
    setOpen(null);
  };
  return (
    <Page
      title={t('mailbox.title')}
      shape="full"
      lead={t('mailbox.lead')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('mailbox.show')}
          value={shown}
          onChange={pick}
          data={[
            { value: 'waiting', label: t('mailbox.waiting') },
            { value: 'settled', label: t('mailbox.settled') },
            { value: 'loose', label: t('mailbox.loose', { count: String(data?.loose ?? 0) }) },
          ]}
        />
      }
    >
      {shown === 'loose' ? (
        <LooseMails />
      ) : (
        <ListAndPanel
          list={
            <DataTable
              label={t('mailbox.title')}
              rows={data?.drafts}
              columns={columns}
              rowId={({ id }) => id}
              openId={open ?? undefined}
              onOpen={setOpen}
              error={error}
              retry={() => void refetch()}
              narrow={narrowRow}
              tone={({ state, held, why }) =>
                state === 'open' && (held !== null || why !== null) ? 'soon' : undefined
              }
              empty={
                <EmptyState icon={IconMailOpened} title={t('mailbox.empty')}>
                  {t('mailbox.empty-help')}
                </EmptyState>
              }
            />
          }
          panel={
            open !== null && known ? <DraftPanel key={open} id={open} close={() => setOpen(null)} /> : null
          }
        />
      )}
    </Page>
  );
}

function columnsOf(t: Say): readonly Column<ListedDraft>[] {
  return [
    {
      id: 'state',
      title: t('mailbox.column.state'),
      width: 12,
      value: ({ state }) => state,
      cell: (row) => <State row={row} />,
    },
    {
      id: 'requester',
      title: t('mailbox.column.requester'),
      width: 9,
      grow: 1,
      value: ({ requesterName, requester }) => requesterName ?? requester,
    },
    {
      id: 'client',
      title: t('mailbox.column.client'),
      width: 9,
      grow: 1,
      value: ({ name, phone, email }) => name ?? phone ?? email ?? '—',
    },
    {
      id: 'missing',
      title: t('mailbox.column.missing'),
      width: 12,
      grow: 2,
      value: ({ missing }) => missing.length,
      align: 'left',
      cell: ({ missing }) => <Missing missing={missing} />,
    },
    {
      id: 'updated',
      title: t('mailbox.column.updated'),
      width: 9,
      value: ({ updatedAt }) => updatedAt,
      cell: ({ updatedAt }) => <When at={updatedAt} />,
    },
  ];
}

const MARKS: Readonly<Record<string, readonly [Tone, Icon, WordId]>> = {
  open: ['quiet', IconHourglass, 'mailbox.state.open'],
  unproven: ['late', IconShieldX, 'mailbox.state.unproven'],
  'two-leads': ['soon', IconAlertTriangle, 'mailbox.state.two-leads'],
  stopped: ['late', IconAlertTriangle, 'mailbox.state.stopped'],
  complete: ['busy', IconSend, 'mailbox.state.complete'],
  submitted: ['good', IconCircleCheck, 'mailbox.state.submitted'],
  refused: ['quiet', IconMailOff, 'mailbox.state.refused'],
};

export function State({ row }: { row: Pick<ListedDraft, 'state' | 'held' | 'why'> }): ReactNode {
  const t = useWords();
  const { state, held, why } = row;
  const [tone, icon, word] = MARKS[
    state === 'open' ? (held ?? (why === null ? 'open' : 'stopped')) : state
  ] ?? ['quiet' as const, IconHourglass, 'mailbox.state.open' as const];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(word)}
    </StatusBadge>
  );
}

export function Missing({ missing }: { missing: readonly string[] }): ReactNode {
  const t = useWords();
  if (missing.length === 0) return <span>{t('mailbox.nothing-missing')}</span>;
  return <span>{missing.map((each) => missingText(t, each)).join(', ')}</span>;
}

export function missingText(t: Say, token: string): string {
  switch (token) {
    case 'email':
    case 'phone':
    case 'name':
    case 'source':
    case 'sourceImage':
    case 'firstContact':
    case 'lead':
      return t(`mailbox.missing.${token}`);
    default:
      return token;
  }
}

function narrowRow(row: ListedDraft): ReactNode {
  return (
    <div>
      <strong>{row.requesterName ?? row.requester}</strong> · {row.name ?? row.phone ?? row.email ?? '—'}
      <div>
        <State row={row} />
      </div>
    </div>
  );
}
