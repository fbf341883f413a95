import { IconMinus, IconTrendingDown, IconTrendingUp } from '@tabler/icons-react';
import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Instant } from '../../src/platform/time.ts';
import { Sparkline } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords, type WordId } from '../words.ts';
import type { BoardFigures, Measure } from './board-answers.ts';
import type { Drill } from './drill-panel.tsx';
import classes from './now.module.css';

export const MEASURES: Record<Measure, { word: WordId; formula: WordId; good: 'up' | 'down' | 'either' }> = {
  received: {
    word: 'administration.measure.received',
    formula: 'administration.formula.received',
    good: 'either',
  },
  assigned: {
    word: 'administration.measure.assigned',
    formula: 'administration.formula.assigned',
    good: 'either',
  },
  'in-time': {
    word: 'administration.measure.in-time',
    formula: 'administration.formula.in-time',
    good: 'up',
  },
  missed: { word: 'administration.measure.missed', formula: 'administration.formula.missed', good: 'down' },
  reassigned: {
    word: 'administration.measure.reassigned',
    formula: 'administration.formula.reassigned',
    good: 'down',
  },
};

/** A difference smaller than this share of the usual is no news. */
const NEWS_SHARE = 0.1;

interface Props {
  figures: BoardFigures;
  stale: Instant | undefined;
  open: (drill: Drill) => void;
}

/** The day in five numbers beside what is usual by this time of this weekday; each opens its leads. */
export function FigureStrip({ figures: { figures }, open }: Props): ReactNode {
  const t = useWords();
  return (
    <div className={classes['strip']} role="group" aria-label={t('administration.now.figures')}>
      {figures.map((figure) => (
        <FigureCard
          key={figure.measure}
          figure={figure}
          all={figures}
          open={() => open({ measure: figure.measure })}
        />
      ))}
    </div>
  );
}

type Figure = BoardFigures['figures'][number];

function FigureCard({
  figure,
  all,
  open,
}: {
  figure: Figure;
  all: readonly Figure[];
  open: () => void;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { word, formula } = MEASURES[figure.measure];
  const missed = all.find(({ measure }) => measure === 'missed')?.value ?? 0;
  const terms = figure.value + missed;
  return (
    <Tooltip label={t(formula)} multiline maw={300} openDelay={400}>
      <button type="button" className={classes['figure']} onClick={open}>
        <span className={classes['label']}>{t(word)}</span>
        <span className={classes['value']}>
          {figures.number(figure.value)}
          {figure.measure === 'in-time' && terms > 0 ? (
            <small>{figures.percent(figure.value / terms, 0)}</small>
          ) : null}
        </span>
        <Trend figure={figure} />
        {figure.weeks.some((week) => week > 0) ? (
          <span className={classes['spark']}>
            <Sparkline
              values={[...figure.weeks, figure.value]}
              label={t('administration.now.weeks', { values: [...figure.weeks, figure.value].join(', ') })}
            />
          </span>
        ) : null}
      </button>
    </Tooltip>
  );
}

function Trend({ figure: { value, usual, measure } }: { figure: Figure }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  if (usual === null) return <span className={classes['trend']}>{t('administration.now.no-usual')}</span>;
  const difference = value - usual;
  const news = Math.abs(difference) > Math.max(1, usual * NEWS_SHARE);
  const up = difference > 0;
  const Mark = news ? (up ? IconTrendingUp : IconTrendingDown) : IconMinus;
  const { good } = MEASURES[measure];
  const tone = !news || good === 'either' ? 'quiet' : (good === 'up') === up ? 'good' : 'late';
  return (
    <span className={classes['trend']} style={{ color: `var(--${tone})` }}>
      <Mark size={14} aria-hidden />
      {t(
        news ? (up ? 'administration.now.above' : 'administration.now.below') : 'administration.now.as-usual',
        { usual: figures.number(Math.round(usual)) },
      )}
    </span>
  );
}
