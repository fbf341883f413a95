import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import { leadsOfContact } from '../leads/index.ts';
import { evolveClaim, isPending, withoutWords, type Claim } from './claim.ts';
import type { Incubation } from './ruling.ts';

/** A day on which the client agreed to talk again (R8). */
export interface KeptIncubation extends Incubation {
  readonly lead: string;
  readonly by: string;
}

interface ClaimsState {
  readonly claims: Rows<Claim>;
  readonly incubations: Rows<KeptIncubation>;
  /** Leads of people erased in this batch: the images shown about them go. */
  readonly erasing: string[];
}

export const claimsSlice = {
  name: 'claims',
  empty: (): ClaimsState => ({
    claims: new Rows<Claim>((each) => [`lead:${each.lead}`]),
    incubations: new Rows<KeptIncubation>((each) => [`lead:${each.lead}`]),
    erasing: [],
  }),
};

export function claim(world: World, id: string): Claim | undefined {
  return world.get(claimsSlice).claims.get(id);
}

export function claimsOfLead(world: World, lead: string): Claim[] {
  return world.get(claimsSlice).claims.having(`lead:${lead}`);
}

/** Claims on any lead of this person, the oldest first: a freeze covers the person. */
export function claimsOnPerson(world: World, contact: string | null, lead: string): Claim[] {
  const leads = contact === null ? [] : leadsOfContact(world, contact).map(({ id }) => id);
  return [...new Set([lead, ...leads])]
    .flatMap((id) => claimsOfLead(world, id))
    .toSorted((a, b) => (a.requestedAt < b.requestedAt ? -1 : Number(a.requestedAt > b.requestedAt)));
}

export function pendingOnPerson(world: World, contact: string | null, lead: string): Claim[] {
  return claimsOnPerson(world, contact, lead).filter(isPending);
}

export function incubationsOfLead(world: World, lead: string): KeptIncubation[] {
  return world
    .get(claimsSlice)
    .incubations.having(`lead:${lead}`)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

interface Fields {
  readonly claim?: string;
  readonly by?: string;
  readonly nextContactOn?: string;
  readonly evidence?: boolean;
  readonly leads?: readonly string[];
}

export function evolveClaims(world: World, entry: JournalEntry | NewEntry): void {
  const state = world.get(claimsSlice);
  const fields = entry.fields as unknown as Fields;
  if (fields.claim !== undefined) {
    const before = state.claims.get(fields.claim);
    const after = evolveClaim(before, entry);
    if (after !== undefined && after !== before) state.claims.set(after.id, after);
  }
  if (entry.entry === 'lead.incubated' && entry.lead != null && fields.nextContactOn !== undefined) {
    const { by = entry.actor, nextContactOn, evidence = false } = fields;
    const kept = { lead: entry.lead, at: entry.at, by, nextContactOn, evidence };
    state.incubations.set(`${kept.lead} ${kept.at}`, kept);
  }
  if (entry.entry === 'contact.erased')
    for (const lead of fields.leads ?? []) {
      state.erasing.push(lead);
      for (const each of claimsOfLead(world, lead)) state.claims.set(each.id, withoutWords(each));
    }
}
