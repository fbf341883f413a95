/** The mailbox on Estado: whether it is read, since when, and what waits in it. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { mailboxFaults } from './mailbox-card.tsx';
import { Tile } from './tile.tsx';

const schema = z.object({
  mailbox: z
    .object({
      state: z.enum(['new', 'ok', 'failing']),
      reason: z.enum(mailboxFaults).nullable(),
      seenAt: z
        .string()
        .transform((text) => instant(text))
        .nullable(),
    })
    .nullable(),
  counts: z.object({ waiting: z.number(), faulty: z.number(), read: z.number() }),
});
const LOOK_EVERY_MILLISECONDS = 10_000;

/** Nothing where no mailbox is set up. */
export function MailboxTile(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const now = useServerNow(20);
  const { data } = useQuery({
    queryKey: ['health', 'mailbox'],
    queryFn: () => ask('/api/mailbox/state', schema),
    refetchInterval: LOOK_EVERY_MILLISECONDS,
    staleTime: 0,
  });
  if (data?.mailbox == null) return null;
  const { state, reason, seenAt } = data.mailbox;
  const { waiting, faulty } = data.counts;
  return (
    <Tile
      title={t('settings.mailbox')}
      value={t(`settings.mailbox-state.${state}`)}
      note={
        seenAt === null
          ? undefined
          : t('settings.mailbox-tile', {
              when: figures.relative(seenAt, now),
              waiting: figures.number(waiting),
              faulty: figures.number(faulty),
            })
      }
      isOff={state === 'failing'}
      remedy={reason === null ? undefined : t(`settings.mailbox-fault.${reason}`)}
    />
  );
}
