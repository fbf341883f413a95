import {
  IconAlarm,
  IconArrowsExchange,
  IconDoorOff,
  IconEye,
  IconHourglass,
  IconListDetails,
  IconMoodSmile,
  IconWalk,
  type Icon,
} from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import { Countdown, DataTable, EmptyState, StatusBadge, When, type Column, type Tone } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords, type Say, type WordId } from '../words.ts';
import { Because } from './because.tsx';
import type { Board, BoardRow } from './board-answers.ts';
import { whyText } from './floor-words.ts';
import classes from './now.module.css';
import { usePlacing } from './placing.ts';
import { ReceiverDialog } from './receiver-dialog.tsx';

export const kinds = ['waiting', 'audit', 'running', 'paced', 'held', 'moved'] as const;
type Kind = (typeof kinds)[number];
export type EyeRow = BoardRow & { readonly kind: Kind };

const LOOK: Record<Kind, { tone: Tone; icon: Icon; one: WordId; many: WordId }> = {
  waiting: {
    tone: 'late',
    icon: IconHourglass,
    one: 'administration.now.waiting',
    many: 'administration.now.waiting-many',
  },
  audit: {
    tone: 'late',
    icon: IconEye,
    one: 'administration.now.audit',
    many: 'administration.now.audit-many',
  },
  running: {
    tone: 'soon',
    icon: IconAlarm,
    one: 'administration.now.running',
    many: 'administration.now.running-many',
  },
  paced: {
    tone: 'wrap',
    icon: IconWalk,
    one: 'administration.now.paced',
    many: 'administration.now.paced-many',
  },
  held: {
    tone: 'quiet',
    icon: IconDoorOff,
    one: 'administration.now.held',
    many: 'administration.now.held-many',
  },
  moved: {
    tone: 'busy',
    icon: IconArrowsExchange,
    one: 'administration.now.moved',
    many: 'administration.now.moved-many',
  },
};

/** In the order in which they need eyes; a lead that moved and runs again stands once, where it runs. */
export function rowsOf(board: Board): EyeRow[] {
  const seen = new Set<string>();
  return kinds.flatMap((kind) =>
    board[kind].flatMap((row) => {
      if (seen.has(row.id)) return [];
      seen.add(row.id);
      return [{ ...row, kind }];
    }),
  );
}

export interface NeedsEyesProps {
  board: Board;
  rows: readonly EyeRow[];
  openId: string | undefined;
  onOpen: (id: string | null) => void;
  done: () => void;
}

/** One list of all that needs eyes, with one act on each row; the chips narrow it. */
export function NeedsEyes({ board, rows, openId, onOpen, done }: NeedsEyesProps): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const [only, setOnly] = useState<Kind | null>(null);
  const [giving, setGiving] = useState<EyeRow | null>(null);
  const { byTurn } = usePlacing(done);
  const urgent = rows.filter(({ kind }) => kind !== 'moved');
  const shown = useMemo(
    () =>
      only === null ? rows.filter(({ kind }) => kind !== 'moved') : rows.filter(({ kind }) => kind === only),
    [rows, only],
  );
  const mayPlace = board.people.length > 0;
  const columns = useMemo(() => columnsFor(t, mayPlace, { give: setGiving, byTurn }), [t, mayPlace, byTurn]);
  return (
    <section className={classes['eyes']} aria-label={t('administration.now.eyes')}>
      <div className={classes['chips']} role="group" aria-label={t('administration.now.filter')}>
        <Chip pressed={only === null} press={() => setOnly(null)} icon={IconListDetails} tone="quiet">
          {t('administration.now.all', { count: figures.number(urgent.length) })}
        </Chip>
        {kinds.map((kind) => {
          const count = rows.filter((row) => row.kind === kind).length;
          if (count === 0 && only !== kind) return null;
          const { tone, icon, many } = LOOK[kind];
          return (
            <Chip
              key={kind}
              pressed={only === kind}
              press={() => setOnly(only === kind ? null : kind)}
              icon={icon}
              tone={tone}
            >
              {t(many, { count: figures.number(count) })}
            </Chip>
          );
        })}
      </div>
      <div className={classes['list']} data-empty={shown.length === 0}>
        <DataTable
          label={t('administration.now.eyes')}
          rows={shown}
          columns={columns}
          rowId={({ id }) => id}
          openId={openId}
          onOpen={onOpen}
          tone={({ kind }) =>
            kind === 'waiting' || kind === 'audit' ? 'late' : kind === 'running' ? 'soon' : undefined
          }
          narrow={card}
          empty={
            <EmptyState icon={IconMoodSmile} title={t('administration.now.nothing')}>
              {t('administration.now.nothing-help')}
            </EmptyState>
          }
        />
      </div>
      {giving === null ? null : (
        <ReceiverDialog row={giving} people={board.people} close={() => setGiving(null)} done={done} />
      )}
    </section>
  );
}

function Chip(props: {
  pressed: boolean;
  press: () => void;
  icon: Icon;
  tone: Tone;
  children: ReactNode;
}): ReactNode {
  const { pressed, press, icon: Mark, tone, children } = props;
  return (
    <button
      type="button"
      className={classes['chip']}
      aria-pressed={pressed}
      onClick={press}
      style={{ color: `var(--${tone})` }}
    >
      <Mark size={14} aria-hidden /> {children}
    </button>
  );
}

interface Acts {
  give: (row: EyeRow) => void;
  byTurn: (row: BoardRow) => void;
}

function columnsFor(t: Say, mayPlace: boolean, acts: Acts): Column<EyeRow>[] {
  const columns: Column<EyeRow>[] = [
    {
      id: 'kind',
      title: t('administration.col.state'),
      value: ({ kind }) => kinds.indexOf(kind),
      align: 'left',
      width: 9,
      cell: ({ kind }) => <KindBadge kind={kind} />,
    },
    { id: 'lead', title: t('administration.col.lead'), value: (row) => leadName(row), width: 9, grow: 1 },
    {
      id: 'source',
      title: t('administration.col.source'),
      value: ({ source }) => source,
      width: 6,
      wideOnly: true,
    },
    {
      id: 'holder',
      title: t('administration.col.holder'),
      value: (row) => row.holderName ?? row.takenFromName ?? '',
      cell: (row) => <Holder row={row} />,
      width: 8,
      grow: 1,
    },
    {
      id: 'time',
      title: t('administration.col.time'),
      value: (row) => row.dueAt ?? row.heldUntil ?? row.receivedAt,
      cell: (row) => <TimeLeft row={row} />,
      width: 9,
    },
    {
      id: 'why',
      title: t('administration.col.why'),
      value: (row) => row.why ?? '',
      sortable: false,
      width: 9,
      grow: 2,
      cell: (row) => <RowWhy row={row} />,
    },
  ];
  if (!mayPlace) return columns;
  return [
    ...columns,
    {
      id: 'act',
      title: t('administration.col.act'),
      value: () => '',
      sortable: false,
      width: 12.5,
      cell: (row) => <RowActs row={row} acts={acts} />,
    },
  ];
}

export function leadName(row: { name: string | null; number: number }): string {
  return row.name ?? `#${row.number}`;
}

function KindBadge({ kind }: { kind: Kind }): ReactNode {
  const t = useWords();
  const { tone, icon, one } = LOOK[kind];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(one)}
    </StatusBadge>
  );
}

function Holder({ row }: { row: EyeRow }): ReactNode {
  const t = useWords();
  if (row.holderName !== null) return row.holderName;
  return row.takenFromName === null ? '—' : t('administration.now.taken-from', { name: row.takenFromName });
}

function TimeLeft({ row }: { row: EyeRow }): ReactNode {
  const t = useWords();
  if (row.dueAt !== null && row.assignedAt !== null)
    return (
      <Countdown
        from={row.assignedAt}
        until={row.dueAt}
        own={false}
        label={t('administration.now.contact', { name: leadName(row) })}
      />
    );
  if (row.heldUntil !== null) return <When at={row.heldUntil} as="moment" />;
  return <When at={row.decision?.at ?? row.assignedAt ?? row.receivedAt} />;
}

/** What was decided, in one sentence. */
export function sentenceOf(t: Say, row: BoardRow): string {
  const name = row.holderName ?? '';
  switch (row.decision?.entry ?? '') {
    case 'lead.waiting':
      return t('administration.say.waiting', { why: whyText(t, row.why ?? '') });
    case 'lead.held':
      return t('administration.say.held');
    case 'lead.reassigned':
      return t('administration.say.reassigned', { name });
    case 'lead.audit-listed':
      return t('administration.say.audit', { name });
    case 'lead.reassignment-reversed':
      return t('administration.say.reversed', { name });
    default:
      return t('administration.say.assigned', { name });
  }
}

function RowWhy({ row }: { row: EyeRow }): ReactNode {
  const t = useWords();
  if (row.decision === null) return null;
  return (
    <span className={classes['why']} onClick={(event) => event.stopPropagation()}>
      <Because
        compact={row.stage === 'waiting'}
        sentence={sentenceOf(t, row)}
        because={row.decision.because}
        facts={[{ at: row.decision.at, text: sentenceOf(t, row) }]}
        passedOver={row.decision.passedOver}
      />
      {row.stage === 'waiting' && row.why !== null ? whyText(t, row.why) : null}
    </span>
  );
}

function RowActs({ row, acts }: { row: EyeRow; acts: Acts }): ReactNode {
  const t = useWords();
  if (row.kind === 'moved') return null;
  const label = row.kind === 'audit' ? t('administration.act.reassign') : t('administration.act.by-turn');
  return (
    <span className={classes['acts']} onClick={(event) => event.stopPropagation()}>
      {row.kind === 'running' || row.kind === 'held' ? null : (
        <Button
          size="compact-xs"
          variant="light"
          onClick={() => acts.byTurn(row)}
          aria-label={`${label}: ${leadName(row)}`}
        >
          {label}
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => acts.give(row)}
        aria-label={`${t('administration.act.give')}: ${leadName(row)}`}
      >
        {t('administration.act.give')}
      </Button>
    </span>
  );
}

const card = (row: EyeRow): ReactNode => <Card row={row} />;

function Card({ row }: { row: EyeRow }): ReactNode {
  return (
    <div className={classes['card']}>
      <span className={classes['cardLine']}>
        <strong>{leadName(row)}</strong>
        <KindBadge kind={row.kind} />
      </span>
      <span className={classes['cardLine']}>
        <span>
          <Holder row={row} />
        </span>
        <TimeLeft row={row} />
      </span>
    </div>
  );
}
