import { Rows, type World } from '../decisions/index.ts';
import type { Merge } from '../contacts/index.ts';
import type { JournalEntry, Json, NewEntry } from '../journal/index.ts';
import { evolveLead, type Lead } from './lead.ts';
import { giveBackTurn, NO_TURN_YET, takeTurn, type Standing, type Standings } from './next-turn.ts';

export interface RotationPlace extends Standing {
  readonly rotation: string;
  readonly person: string;
}

/** What a source sent about a lead, in the words it sent; personal, and never changed afterwards. */
export interface LeadIntake {
  readonly lead: string;
  readonly contact: string | null;
  readonly name: string | null;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly message: string | null;
  readonly consent: Json;
  readonly campaign: Json;
  readonly fields: Json;
  readonly receipt: string | null;
}

interface LeadsState {
  readonly leads: Rows<Lead>;
  readonly rotations: Rows<RotationPlace>;
  readonly intakes: Rows<LeadIntake>;
  /** The number of the last lead received in the organization. */
  lastNumber: number;
  /** Leads forgotten in this batch. */
  readonly forgetting: string[];
}

export const leadsSlice = {
  name: 'leads',
  empty: (): LeadsState => ({
    leads: new Rows<Lead>(waysToFind),
    rotations: new Rows<RotationPlace>(),
    intakes: new Rows<LeadIntake>(),
    lastNumber: 0,
    forgetting: [],
  }),
};

/** Held past its opening until somebody is free. */
const PACED = 'paced';

export function pacedLeads(world: World): Lead[] {
  return world.get(leadsSlice).leads.having(PACED);
}

/** A lead is found by its person, and by the id its source gave it; those paced, as they are asked for at every contact. */
function waysToFind(each: Lead): string[] {
  return [
    ...(each.contact === null ? [] : [`contact:${each.contact}`]),
    ...(each.stage === 'held' && each.paced ? [PACED] : []),
    ...(each.sourceId === null ? [] : [`source:${each.source} ${each.sourceId}`]),
  ];
}

/** The lead that a source has told of before under this id of its own. */
export function leadToldBefore(world: World, source: string, sourceId: string | null): Lead | undefined {
  if (sourceId === null) return undefined;
  return world.get(leadsSlice).leads.having(`source:${source} ${sourceId}`)[0];
}

export function lead(world: World, id: string): Lead | undefined {
  return world.get(leadsSlice).leads.get(id);
}

/** How far it has come, as follow-up/ reads it from the same entries. */
export function standsAt(world: World, id: string, status: string): void {
  const { leads } = world.get(leadsSlice);
  const known = leads.get(id);
  if (known !== undefined && known.status !== status) leads.set(id, { ...known, status });
}

export function leadsOfContact(world: World, contact: string): Lead[] {
  return world
    .get(leadsSlice)
    .leads.having(`contact:${contact}`)
    .toSorted((a, b) => a.number - b.number);
}

export function placeKey(rotation: string, person: string): string {
  return `${rotation} ${person}`;
}

export function standings(world: World, rotation: string): Standings {
  const places = world.get(leadsSlice).rotations.values();
  return new Map(places.filter((place) => place.rotation === rotation).map((place) => [place.person, place]));
}

interface IdentityFields {
  readonly kept: string;
  readonly absorbed: string;
  readonly merge: Merge;
  readonly leads: readonly string[];
  readonly duplicates: readonly string[];
}

interface TurnFields {
  readonly to?: string;
  readonly person?: string;
  readonly rotation?: string | null;
  readonly stamp?: number;
  readonly number?: number;
  readonly contact?: string;
}

/** Applies an entry to the lead it names, to the rotations and to what was received. */
export function evolveLeads(world: World, entry: JournalEntry | NewEntry): void {
  const state = world.get(leadsSlice);
  const fields = entry.fields as unknown as TurnFields;
  if (entry.lead != null) {
    const before = state.leads.get(entry.lead);
    const after = evolveLead(before, entry);
    if (after !== undefined && after !== before) state.leads.set(after.id, after);
  }
  evolveRotation(world, entry, fields);
  switch (entry.entry) {
    case 'lead.received':
    case 'lead.registered':
    case 'lead.imported':
      state.lastNumber = Math.max(state.lastNumber, fields.number ?? 0);
      if (entry.lead != null) state.intakes.set(entry.lead, intakeOf(entry.lead, entry));
      return;
    case 'contact.registered':
    case 'contact.recognized': {
      const intake = entry.lead == null ? undefined : state.intakes.get(entry.lead);
      if (intake !== undefined) state.intakes.set(intake.lead, { ...intake, contact: entry.contact ?? null });
      return;
    }
    case 'contact.merged': {
      const { kept, merge } = entry.fields as unknown as IdentityFields;
      moveLeads(world, merge.leads, kept);
      return;
    }
    case 'contact.unmerged': {
      const { absorbed, leads, duplicates } = entry.fields as unknown as IdentityFields;
      moveLeads(world, leads, absorbed);
      for (const id of duplicates) {
        const own = state.leads.get(id);
        if (own !== undefined) state.leads.set(id, { ...own, duplicateOf: null });
      }
      return;
    }
    case 'lead.forgotten': {
      const intake = entry.lead == null ? undefined : state.intakes.get(entry.lead);
      if (intake === undefined) return;
      state.intakes.set(intake.lead, { ...intake, ...ERASED });
      state.forgetting.push(intake.lead);
      return;
    }
    case 'contact.erased':
      for (const id of (entry.fields as unknown as IdentityFields).leads) {
        const intake = state.intakes.get(id);
        if (intake !== undefined) state.intakes.set(id, { ...intake, ...ERASED });
      }
      return;
    default:
  }
}

function moveLeads(world: World, ids: readonly string[], contact: string): void {
  const { leads, intakes } = world.get(leadsSlice);
  for (const id of ids) {
    const [own, intake] = [leads.get(id), intakes.get(id)];
    if (own !== undefined) leads.set(id, { ...own, contact });
    if (intake !== undefined) intakes.set(id, { ...intake, contact });
  }
}

const ERASED = { name: null, phones: [], emails: [], message: null, consent: null, fields: {} };

function intakeOf(id: string, entry: JournalEntry | NewEntry): LeadIntake {
  const personal = (entry.personal ?? {}) as unknown as Partial<LeadIntake>;
  const { receipt, campaign } = entry.fields as unknown as Partial<LeadIntake>;
  return {
    lead: id,
    contact: null,
    name: personal.name ?? null,
    phones: personal.phones ?? [],
    emails: personal.emails ?? [],
    message: personal.message ?? null,
    consent: personal.consent ?? null,
    campaign: campaign ?? {},
    fields: personal.fields ?? {},
    receipt: receipt ?? null,
  };
}

/** A turn is taken by the entry that gives the lead, and given back by `turn.returned`. */
function evolveRotation(world: World, entry: JournalEntry | NewEntry, fields: TurnFields): void {
  const { rotations } = world.get(leadsSlice);
  const { rotation, stamp } = fields;
  if (rotation == null) return;
  const change = (person: string, update: (standing: Standing) => Standing): void => {
    const before = rotations.get(placeKey(rotation, person)) ?? NO_TURN_YET;
    rotations.set(placeKey(rotation, person), { rotation, person, ...update(before) });
  };
  const gives = entry.entry === 'lead.assigned' || entry.entry === 'lead.reassigned';
  if (gives && fields.to !== undefined && stamp !== undefined)
    change(fields.to, (standing) => takeTurn(standing, stamp));
  else if (entry.entry === 'turn.returned' && fields.person !== undefined)
    change(fields.person, giveBackTurn);
}
