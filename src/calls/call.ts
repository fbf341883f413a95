import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';

/** One call between a person of the floor and a lead, as the PBX tells it: begun, ended, or reported when it was over. */
export interface Call {
  readonly id: string;
  readonly by: string | null;
  readonly lead: string | null;
  readonly contact: string | null;
  readonly direction: 'in' | 'out';
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly answered: boolean | null;
  /** Null when the PBX does not say how long it rang. */
  readonly ringSeconds: number | null;
  readonly talkSeconds: number | null;
  readonly source: string;
}

export const callsSlice = {
  name: 'calls',
  empty: (): { readonly calls: Rows<Call> } => ({
    calls: new Rows<Call>(({ lead }) => (lead === null ? [] : [lead])),
  }),
};

export function call(world: World, id: string): Call | undefined {
  return world.get(callsSlice).calls.get(id);
}

export function callsOfLead(world: World, lead: string): Call[] {
  return world.get(callsSlice).calls.having(lead);
}

interface IdentityFields {
  readonly kept: string;
  readonly absorbed: string;
  readonly merge: { readonly leads: readonly string[] };
  readonly leads: readonly string[];
}

/** Two people turned out one, or two again: a call goes where its lead goes. */
function moveCalls(world: World, leads: readonly string[], contact: string): void {
  const { calls } = world.get(callsSlice);
  for (const id of leads) for (const each of callsOfLead(world, id)) calls.set(each.id, { ...each, contact });
}

type CallFields = Omit<Call, 'id' | 'contact' | 'source'> & { readonly call: string };

export function evolveCalls(world: World, entry: JournalEntry | NewEntry): void {
  const { calls } = world.get(callsSlice);
  const fields = entry.fields as unknown as CallFields;
  const known = calls.get(fields.call);
  switch (entry.entry) {
    case 'call.started':
    case 'call.reported':
      calls.set(fields.call, {
        id: fields.call,
        by: fields.by ?? null,
        lead: entry.lead ?? null,
        contact: entry.contact ?? null,
        direction: fields.direction,
        startedAt: fields.startedAt,
        endedAt: fields.endedAt ?? null,
        answered: fields.answered ?? null,
        ringSeconds: fields.ringSeconds ?? null,
        talkSeconds: fields.talkSeconds ?? null,
        source: entry.actor,
      });
      return;
    case 'call.ended':
      if (known !== undefined)
        calls.set(known.id, {
          ...known,
          endedAt: fields.endedAt ?? entry.at,
          answered: fields.answered,
          ringSeconds: fields.ringSeconds ?? null,
          talkSeconds: fields.talkSeconds ?? null,
        });
      return;
    case 'contact.merged': {
      const { kept, merge } = entry.fields as unknown as IdentityFields;
      moveCalls(world, merge.leads, kept);
      return;
    }
    case 'contact.unmerged': {
      const { absorbed, leads } = entry.fields as unknown as IdentityFields;
      moveCalls(world, leads, absorbed);
      return;
    }
    default:
  }
}
