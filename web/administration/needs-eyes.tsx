import { IconListDetails, IconMoodSmile, type Icon } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { DataTable, EmptyState, type Tone } from '../kit/index.ts';
import { useSourceName } from '../leads/source-names.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import type { Board } from './board-answers.ts';
import { columnsFor, Holder, TimeLeft } from './eye-columns.tsx';
import { KindBadge, kinds, leadName, LOOK, type EyeRow, type Kind } from './eye-kinds.tsx';
import classes from './now.module.css';
import { usePlacing } from './placing.ts';
import { ReceiverDialog } from './receiver-dialog.tsx';

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
  const source = useSourceName();
  const mayPlace = board.people.length > 0;
  const columns = useMemo(
    () => columnsFor(t, source, mayPlace, { give: setGiving, byTurn }),
    [t, source, mayPlace, byTurn],
  );
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
