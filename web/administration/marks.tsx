import { IconCheck, IconSignature, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { parseClause } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { markWord } from './conditions.tsx';
import type { RosterPerson } from './people-answers.ts';
import classes from './people.module.css';

/** All conditions of one person in a cell: P2 ✓ P3 ✗ P6 ✎. */
export function Marks({ row: { judged } }: { row: RosterPerson }): ReactNode {
  const t = useWords();
  if (judged === null) return '—';
  return (
    <span className={classes['marks']}>
      {judged.clauses.map(({ clause, holds, excepted }) => {
        const Mark = excepted ? IconSignature : holds ? IconCheck : IconX;
        return (
          <span key={clause} className={classes['mark']} data-holds={holds} data-excepted={excepted}>
            {parseClause(clause)?.clause ?? clause}
            <Mark size={13} aria-label={t(markWord(holds, excepted))} />
          </span>
        );
      })}
    </span>
  );
}
