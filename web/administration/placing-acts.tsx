import { useState, type ReactNode } from 'react';
import { Act } from '../kit/index.ts';
import { useWords } from '../words.ts';
import type { Board, BoardRow, LeadRow } from './board-answers.ts';
import classes from './now.module.css';
import { usePlacing } from './placing.ts';
import { ReceiverDialog } from './receiver-dialog.tsx';

interface Props {
  row: LeadRow | BoardRow;
  board: Board;
  done: () => void;
}

/** What the administrator may do with any lead: give it to somebody, or to whose turn it is. */
export function PlacingActs({ row, board, done }: Props): ReactNode {
  const t = useWords();
  const [giving, setGiving] = useState(false);
  const { byTurn } = usePlacing(done);
  if (board.people.length === 0 || row.stage === 'refused') return null;
  return (
    <div className={classes['placing']}>
      <Act keys="d" label={t('administration.act.give')} run={() => setGiving(true)} />
      <Act
        keys="t"
        variant="default"
        label={t(row.auditListedAt === null ? 'administration.act.by-turn' : 'administration.act.reassign')}
        run={() => byTurn(row)}
      />
      {giving ? (
        <ReceiverDialog row={row} people={board.people} close={() => setGiving(false)} done={done} />
      ) : null}
    </div>
  );
}
