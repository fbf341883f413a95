import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { ask } from '../api.ts';
import { live, useLive, useLiveState } from '../live.ts';
import { boardSchema, figuresSchema, type Board, type BoardFigures } from './board-answers.ts';

/** However many leads move, the board is asked for at most so often; a change is on screen well within the second. */
const BOARD_EVERY_MILLISECONDS = 300;
const FIGURES_EVERY_MILLISECONDS = 700;

/** Runs at once, then at most every so often, and never forgets the last call. */
function useThrottled(run: () => void, milliseconds: number): () => void {
  const latest = useRef(run);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const ranAt = useRef(-Infinity);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => () => clearTimeout(waiting.current), []);
  return useCallback(() => {
    if (waiting.current !== undefined) return;
    const wait = Math.max(0, ranAt.current + milliseconds - performance.now());
    waiting.current = setTimeout(() => {
      waiting.current = undefined;
      ranAt.current = performance.now();
      latest.current();
    }, wait);
  }, [milliseconds]);
}

export interface BoardData {
  board: UseQueryResult<Board>;
  figures: UseQueryResult<BoardFigures>;
  /** Asks again at once: after an act of one's own. */
  refresh: () => void;
}

/** The live board. Its queries are named by no topic: a burst of leads must not make each event ask anew. */
export function useBoard(): BoardData {
  const client = useQueryClient();
  const board = useQuery({ queryKey: ['now', 'board'], queryFn: () => ask('/api/board', boardSchema) });
  const figures = useQuery({
    queryKey: ['now', 'figures'],
    queryFn: () => ask('/api/board/figures', figuresSchema),
  });
  const again = (what: 'board' | 'figures') => () =>
    void client.invalidateQueries({ queryKey: ['now', what] }, { cancelRefetch: false });
  const askBoard = useThrottled(again('board'), BOARD_EVERY_MILLISECONDS);
  const askFigures = useThrottled(again('figures'), FIGURES_EVERY_MILLISECONDS);
  const refresh = useCallback(() => {
    askBoard();
    askFigures();
  }, [askBoard, askFigures]);
  useLive('board', refresh);
  useLive('leads', refresh);
  useLive('turn', refresh);
  useLive('staff', refresh);
  useLive('settings', refresh);
  useEffect(() => live.onRejoin(() => void client.invalidateQueries({ queryKey: ['now'] })), [client]);
  return { board, figures, refresh };
}

/** Since when the figures may be old, if they may. */
export function useStaleSince() {
  return useLiveState().staleSince;
}
