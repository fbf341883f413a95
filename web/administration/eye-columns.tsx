import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Countdown, When, type Column } from '../kit/index.ts';
import { useWords, type Say } from '../words.ts';
import { Because } from './because.tsx';
import type { BoardRow } from './board-answers.ts';
import { KindBadge, kinds, leadName, sentenceOf, type EyeRow } from './eye-kinds.tsx';
import { whyText } from './floor-words.ts';
import classes from './now.module.css';

interface Acts {
  give: (row: EyeRow) => void;
  byTurn: (row: BoardRow) => void;
}

/** What a row says, and for whom may place a lead its one act. */
export function columnsFor(
  t: Say,
  source: (key: string) => string,
  mayPlace: boolean,
  acts: Acts,
): Column<EyeRow>[] {
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
      value: (row) => source(row.source),
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

export function Holder({ row }: { row: EyeRow }): ReactNode {
  const t = useWords();
  if (row.holderName !== null) return row.holderName;
  return row.takenFromName === null ? '—' : t('administration.now.taken-from', { name: row.takenFromName });
}

export function TimeLeft({ row }: { row: EyeRow }): ReactNode {
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
