import type { Deciding, Fact, Refusal } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { threadOf, threadsSlice } from './thread.ts';

/** Whoever attends to the lead has looked at its conversation. */
export interface ThreadRead extends Fact {
  readonly fact: 'thread.read';
  readonly lead: string;
  readonly by: string;
}

/** A file of a message has been fetched: unaltered, and this is its hash. */
export interface MediaKept extends Fact {
  readonly fact: 'media.kept';
  readonly media: string;
  readonly sha256: string;
  readonly size: number;
  readonly mime: string | null;
}

/** A file of a message cannot be had any more, or may not be kept. */
export interface MediaLost extends Fact {
  readonly fact: 'media.lost';
  readonly media: string;
  readonly why: string;
}

export function readThread({ lead, by }: ThreadRead, deciding: Deciding): Refusal | void {
  const thread = threadOf(deciding.world, lead);
  if (thread === undefined || thread.unread === 0) return undefined;
  deciding.record({
    entry: 'thread.read',
    kind: 'fact',
    because: [],
    lead,
    person: by,
    fields: { lead, by },
  });
  return undefined;
}

export function mediaKept({ media, sha256, size, mime }: MediaKept, deciding: Deciding): Refusal | void {
  return settle(deciding, 'media.kept', media, { sha256, size, mime });
}

export function mediaLost({ media, why }: MediaLost, deciding: Deciding): Refusal | void {
  return settle(deciding, 'media.lost', media, { why });
}

/** Once: what is settled stays so, whoever tells again. */
function settle(
  deciding: Deciding,
  entry: 'media.kept' | 'media.lost',
  id: string,
  more: { readonly [field: string]: string | number | null },
): Refusal | void {
  const found = deciding.world.get(threadsSlice).media.get(id);
  if (found === undefined) return { refused: 'no-such-media', because: [houseRule('facts')] };
  if (found.state !== 'wanted') return undefined;
  const { message, lead } = found;
  deciding.record({
    entry,
    kind: 'fact',
    because: [],
    lead,
    fields: { media: id, message, lead, ...more },
  });
  return undefined;
}
