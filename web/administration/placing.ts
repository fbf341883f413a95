import { useCallback } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { showDone, showFault } from '../kit/index.ts';
import { useWords } from '../words.ts';

const placedSchema = z.object({
  entries: z.array(z.object({ entry: z.string(), fields: z.record(z.string(), z.unknown()) })),
});

interface Placed {
  id: string;
  name: string | null;
  number: number;
  auditListedAt: string | null;
}

/** To a person, or by turn (null). */
function place({ id }: Placed, to: string | null, reason: string) {
  return ask(`/api/leads/${encodeURIComponent(id)}/place`, placedSchema, {
    method: 'POST',
    body: { to, reason },
  });
}

/** Gives a lead by hand or by turn, and says what came of it. */
export function usePlacing(done: () => void): {
  byTurn: (row: Placed) => void;
  give: (row: Placed, to: string, reason: string) => Promise<void>;
} {
  const t = useWords();
  const byTurn = useCallback(
    (row: Placed) => {
      const id = row.auditListedAt === null ? 'administration.reason.by-turn' : 'administration.reason.audit';
      const send = async (): Promise<void> => {
        try {
          await place(row, null, t(id));
          showDone(t('administration.act.given-by-turn', { name: row.name ?? `#${row.number}` }));
        } catch (fault) {
          showFault(fault);
        }
        done();
      };
      void send();
    },
    [t, done],
  );
  return {
    byTurn,
    give: async (row, to, reason) => {
      await place(row, to, reason);
      done();
    },
  };
}
