import { IconCheck, IconSignature, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useInWords } from '../clauses.ts';
import { parseClause } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import type { Judged } from './people-answers.ts';
import classes from './people.module.css';
import { monthName } from './person-panel.tsx';

/** Each condition in the procedure's words, met, failing or let pass, and the figures it looked at. */
export function Conditions({ judged, late }: { judged: Judged; late: boolean | null }): ReactNode {
  const t = useWords();
  const inWords = useInWords(judged.clauses.map(({ clause }) => clause));
  const behind = useBehind(judged, late);
  return (
    <ul className={classes['conditions']} aria-label={t('administration.col.conditions')}>
      {judged.clauses.map(({ clause, holds, excepted }) => {
        const Mark = excepted ? IconSignature : holds ? IconCheck : IconX;
        const words = inWords?.(clause);
        return (
          <li key={clause} data-holds={holds} data-excepted={excepted}>
            <Mark size={18} aria-label={t(markWord(holds, excepted))} />
            <div>
              <strong>{words?.name ?? parseClause(clause)?.clause ?? clause}</strong>
              <p>{words?.text}</p>
              <span>{behind(clause)}</span>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

export function markWord(holds: boolean, excepted: boolean) {
  if (excepted) return 'administration.roster.excepted' as const;
  return holds ? ('administration.roster.met' as const) : ('administration.roster.failing' as const);
}

/** What a condition looked at, in figures. */
function useBehind(judged: Judged, late: boolean | null): (clause: string) => string {
  const t = useWords();
  const figures = useFigures();
  const { figures: f, figuresOf } = judged;
  const month = monthName(figures, figuresOf);
  const grade = (): string => {
    if (judged.exams.length === 0) return t(`administration.grade.${judged.grade}`);
    return judged.exams
      .map(({ name, takenOn, passed }) =>
        takenOn === null || passed === null
          ? t('administration.exam.not-taken', { name })
          : t(passed ? 'administration.exam.passed' : 'administration.exam.failed', {
              name,
              on: figures.day(takenOn),
            }),
      )
      .join(' · ');
  };
  return (clause) => {
    switch (parseClause(clause)?.clause ?? '') {
      case 'P1':
        return late === null ? '' : t(late ? 'administration.roster.late' : 'administration.roster.in-time');
      case 'P2':
        return t('administration.roster.sales', { sales: figures.number(f.sales), month });
      case 'P3':
        return t('administration.roster.conversion', {
          conversion: f.conversion === null ? '—' : figures.percent(f.conversion),
          closings: figures.number(f.closings),
          leads: figures.number(f.leads),
          month,
        });
      case 'P6':
        return grade();
      case 'P7':
        return [
          t(judged.internal ? 'administration.roster.internal' : 'administration.roster.not-internal'),
          t(`administration.documents.${judged.documents}`),
          t(judged.signed ? 'administration.roster.signed' : 'administration.roster.not-signed'),
        ].join(' · ');
      default:
        return '';
    }
  };
}
