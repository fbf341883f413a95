import type { JournalEntry, Json, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import type { Adoption } from '../procedures/index.ts';
import type { World } from './world.ts';

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly country: 'MX' | 'CO';
  readonly zone: string;
  readonly locale: string;
  readonly openedAt: Instant;
  /** Which versions of which procedures hold from when, with the readings chosen. */
  readonly adoptions: readonly Adoption[];
  readonly settings: OrganizationSettings;
}

/** What an administrator sets; every change is a journal entry. */
export interface OrganizationSettings {
  /** Roles that must sign in with a second factor; until they have one they may do nothing. */
  readonly secondFactorRoles: readonly string[];
  /** Where people of the floor are told: 'app' always also shows it inside the product. */
  readonly staffChannel: 'whatsapp' | 'email' | 'app';
  /** Channels on which prospects may be contacted (lead-assignment P9). */
  readonly authorizedChannels: readonly string[];
  /** Agreed hours of communication (contact-center-policy P3); null: at any hour. */
  readonly agreedHours: {
    readonly opens: string;
    readonly closes: string;
    readonly weekdays: readonly number[];
  } | null;
  /** How long what never became a person's is kept (raw bodies, refused leads, rows of files); RETENTION_DAYS where absent. */
  readonly retentionDays?: number;
  /** A version of a procedure is proposed by one and published by another, where there is another. */
  readonly fourEyes: boolean;
  /** How a call goes through the company's PBX (lead-assignment P10): never around it. */
  readonly pbx: PbxSettings;
}

export interface PbxSettings {
  /** E.164; whoever calls it from a phone dials the prospect's number behind it. Null: there is none. */
  readonly accessNumber: string | null;
  /** The PBX rings the advisor's extension first, then the prospect. */
  readonly clickToCall: boolean;
}

export const RETENTION_DAYS = 90;

export const DEFAULT_SETTINGS: OrganizationSettings = {
  secondFactorRoles: [],
  staffChannel: 'whatsapp',
  authorizedChannels: ['call', 'whatsapp', 'email'],
  agreedHours: null,
  fourEyes: true,
  pbx: { accessNumber: null, clickToCall: false },
};

interface OrganizationState {
  current: Organization | null;
  changed: boolean;
}

export const organizationSlice = {
  name: 'organization',
  empty: (): OrganizationState => ({ current: null, changed: false }),
};

export function currentOrganization(world: World): Organization {
  const { current } = world.get(organizationSlice);
  if (current === null) throw new Error('the organization is not loaded');
  return current;
}

/** Applies organization.opened, organization.changed and procedure.adopted; other entries leave it as it is. */
export function evolveOrganization(world: World, entry: JournalEntry | NewEntry): void {
  const state = world.get(organizationSlice);
  const next = evolved(state.current, entry);
  if (next === state.current) return;
  state.current = next;
  state.changed = true;
}

function evolved(current: Organization | null, entry: JournalEntry | NewEntry): Organization | null {
  // The journal is read back only through the hash-checked store, so its fields have the shape they were written with.
  const fields = entry.fields as unknown as OrganizationFields;
  switch (entry.entry) {
    case 'organization.opened': {
      const { id, name, country, zone, locale } = fields;
      const settings = { ...DEFAULT_SETTINGS, ...fields.settings };
      return { id, name, country, zone, locale, openedAt: entry.at, adoptions: [], settings };
    }
    case 'organization.changed': {
      if (current === null) return current;
      const { name, settings } = fields;
      return { ...current, name: name ?? current.name, settings: { ...current.settings, ...settings } };
    }
    case 'procedure.adopted':
      return current === null ? current : { ...current, adoptions: [...current.adoptions, fields.adoption] };
    default:
      return current;
  }
}

interface OrganizationFields {
  readonly id: string;
  readonly name: string;
  readonly country: 'MX' | 'CO';
  readonly zone: string;
  readonly locale: string;
  readonly settings?: Partial<OrganizationSettings>;
  readonly adoption: Adoption;
}

/** A value of ours as the journal keeps it. Instants are text already; undefined members vanish. */
export function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}
