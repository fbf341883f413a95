import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { offerUndo, showFault } from '../kit/index.ts';
import { useWords } from '../words.ts';
import type { Doubt } from './duplicates-answers.ts';

const settledSchema = z.object({ outcome: z.enum(['same', 'different']) });

/** Told only when the five seconds are over: a merge moves leads and tells advisors, so an undo must come before it. */
export function useSettling(): {
  settled: ReadonlySet<string>;
  settle: (doubt: Doubt, outcome: 'same' | 'different') => void;
} {
  const t = useWords();
  const client = useQueryClient();
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  /** By doubt: ends its offer to undo at once. */
  const waiting = useRef(new Map<string, () => void>());
  // Whoever leaves the page has decided: nothing waits any longer, and no button promises an undo.
  useEffect(() => {
    const pending = waiting.current;
    return () => {
      for (const end of pending.values()) end();
    };
  }, []);
  const without = (id: string): void =>
    setSettled((before) => new Set([...before].filter((each) => each !== id)));
  return {
    settled,
    settle: (doubt, outcome) => {
      const { id } = doubt;
      const send = (): void => {
        waiting.current.delete(id);
        ask(`/api/duplicates/${encodeURIComponent(id)}`, settledSchema, { method: 'POST', body: { outcome } })
          .then(() => client.invalidateQueries({ queryKey: ['duplicates'] }))
          .catch((fault: unknown) => {
            showFault(fault);
            without(id);
          });
      };
      setSettled((before) => new Set([...before, id]));
      const end = offerUndo({
        text: t(outcome === 'same' ? 'administration.duplicates.merging' : 'administration.duplicates.apart'),
        undo: () => {
          waiting.current.delete(id);
          without(id);
        },
        done: send,
      });
      waiting.current.set(id, end);
    },
  };
}
