import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import { lead as leadOf, standsAt } from '../leads/index.ts';
import { evolveFollowUp, newFollowUp, withLead, type FollowUp } from './follow-up.ts';
import { interactionOf, interactionsOfLead, isFollowUp } from './interaction.ts';
import type { Instant } from '../platform/time.ts';

export const followUpsSlice = {
  name: 'follow-ups',
  empty: (): { readonly followUps: Rows<FollowUp> } => ({
    followUps: new Rows<FollowUp>((each) => (each.holder === null ? [] : [`holder:${each.holder}`])),
  }),
};

export function followUp(world: World, lead: string): FollowUp | undefined {
  return world.get(followUpsSlice).followUps.get(lead);
}

interface Fields {
  readonly merge: { readonly leads: readonly string[] };
  readonly leads: readonly string[];
}

const OF_A_PERSON: ReadonlySet<string> = new Set(['contact.merged', 'contact.unmerged', 'contact.erased']);

/** Runs after the leads have taken the entry: what they say of holder, grade and person is copied from them. */
export function evolveFollowUps(world: World, entry: JournalEntry | NewEntry): void {
  if (OF_A_PERSON.has(entry.entry)) {
    const { merge, leads } = entry.fields as unknown as Fields;
    for (const id of entry.entry === 'contact.merged' ? merge.leads : leads) evolveOne(world, id, entry);
  } else if (entry.lead != null) evolveOne(world, entry.lead, entry);
}

function evolveOne(world: World, id: string, entry: JournalEntry | NewEntry): void {
  const { followUps } = world.get(followUpsSlice);
  const lead = leadOf(world, id);
  if (lead === undefined) return;
  const before = followUps.get(id);
  const told = evolveFollowUp(before ?? newFollowUp(lead), entry, interactionOf(world, entry));
  const taken = TAKEN_BACK.has(entry.entry) ? { ...told, followUpAt: lastFollowUp(world, id) } : told;
  const after = withLead(taken, lead);
  if (before !== undefined && same(before, after)) return;
  followUps.set(id, after);
  standsAt(world, id, after.status);
}

/** What was noted turned out not to have been: the last follow-up is the one before it. */
const TAKEN_BACK: ReadonlySet<string> = new Set(['message.struck', 'appointment.reopened']);

function lastFollowUp(world: World, lead: string): Instant | null {
  const counted = interactionsOfLead(world, lead).filter(
    (each) => each.by !== null && isFollowUp(each, each.by),
  );
  return counted.at(-1)?.at ?? null;
}

function same(one: FollowUp, other: FollowUp): boolean {
  return (Object.keys(one) as (keyof FollowUp)[]).every((column) => one[column] === other[column]);
}
