import { notifications } from '@mantine/notifications';
import { z } from 'zod';
import { asApiError, ask } from '../api.ts';
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

/** Gives a lead by hand or by turn, and says what came of it. */
export function usePlacing(done: () => void): {
  byTurn: (row: Placed) => void;
  give: (row: Placed, to: string, reason: string) => Promise<void>;
} {
  const t = useWords();
  const place = (row: Placed, to: string | null, reason: string) =>
    ask(`/api/leads/${encodeURIComponent(row.id)}/place`, placedSchema, { method: 'POST', body: { to, reason } });
  const name = (row: Placed): string => row.name ?? `#${row.number}`;
  return {
    byTurn: (row) => {
      const reason = t(
        row.auditListedAt === null ? 'administration.reason.by-turn' : 'administration.reason.audit',
      );
      place(row, null, reason).then(
        () => notifications.show({ message: t('administration.act.given-by-turn', { name: name(row) }) }),
        (fault: unknown) => {
          const { message, remedy } = asApiError(fault);
          notifications.show({ color: 'red', title: message, message: remedy ?? '' });
        },
      ).finally(done);
    },
    give: async (row, to, reason) => {
      await place(row, to, reason);
      done();
    },
  };
}
