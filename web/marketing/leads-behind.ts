/** The leads behind a point of a chart: where they are listed, and the way to them by keyboard. */
import { useNavigate } from '@tanstack/react-router';
import type { KeyboardEvent, MouseEvent } from 'react';

/** The filters of the list of leads, as they stand in its address. */
export interface Behind {
  readonly source?: string | undefined;
  /** Local date, or the first of several. */
  readonly day: string;
  /** The last of them. */
  readonly until?: string | undefined;
  readonly hour?: number | undefined;
  /** 1 Monday … 7 Sunday. */
  readonly weekday?: number | undefined;
}

export function addressOf(behind: Behind): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(behind)) if (value !== undefined) query.set(name, String(value));
  return `/leads?${query.toString()}`;
}

/** What a link to them needs; a click with a key held opens a tab, as of any link. */
export function useLeadsBehind(): (behind: Behind) => {
  href: string;
  onClick: (event: MouseEvent) => void;
} {
  const navigate = useNavigate();
  return (behind) => ({
    href: addressOf(behind),
    onClick: (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      void navigate({ to: '/leads', search: behind });
    },
  });
}

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
};

interface PointLink {
  readonly link: HTMLElement;
  readonly row: number;
  readonly column: number;
}

const pointOf = (link: HTMLElement): PointLink => ({
  link,
  row: Number(link.dataset['row']),
  column: Number(link.dataset['column']),
});

/**
 * Within a chart the arrows go from point to point, past those with nothing behind them; Tab leaves it. The links carry
 * `data-row` and `data-column`; all but the first have tabIndex -1.
 */
export function stepBetweenPoints(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  const found = event.target instanceof Element ? event.target.closest('[data-column]') : null;
  if (step === undefined || !(found instanceof HTMLElement)) return;
  const [down, right] = step;
  const here = pointOf(found);
  const ahead = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-column]')]
    .map(pointOf)
    .map(({ link, row, column }) => ({
      link,
      along: (row - here.row) * down + (column - here.column) * right,
      aside: Math.abs(down === 0 ? row - here.row : column - here.column),
    }))
    // Sideways it stays in its row; up and down it takes the nearest of the next row that has any.
    .filter(({ along, aside }) => along > 0 && (down !== 0 || aside === 0))
    .toSorted((a, b) => a.along - b.along || a.aside - b.aside);
  event.preventDefault();
  ahead[0]?.link.focus();
}
