import type { FastifyRequest } from 'fastify';

import {
  reachedPeople,
  reaches,
  scopeFor,
  type Permission,
  type ReachedPeople,
  type SignedIn,
} from '../access/index.ts';
import { maskPhone } from '../contacts/index.ts';
import type { House, Outcome, Refusal } from '../decisions/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { refuse } from '../platform/http.ts';
import type { RequestRate } from '../platform/request-rate.ts';
import type { Clock } from '../platform/time.ts';
import type { NewId } from '../platform/ids.ts';
import type { Pack } from '../procedures/index.ts';
import { listPeople } from '../staff/index.ts';
import type { Dialer } from '../switchboard/index.ts';
import { oneLead, type LeadRow } from './views.store.ts';

export interface LeadRouteParts {
  readonly database: Database;
  readonly house: House;
  readonly clock: Clock;
  readonly packs: readonly Pack[];
  readonly newId: NewId;
  readonly rate: RequestRate;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
  /** The organization's PBX, where it can be asked to make a call; null where it cannot. */
  readonly dialerOf: (organization: string) => Promise<Dialer | null>;
}

/** Whose leads this caller reaches with a permission; also whether names and phones must be masked. */
export async function reachOf(
  tx: Tx,
  who: SignedIn,
  permission: Permission,
): Promise<{ readonly reached: ReachedPeople; readonly masked: boolean }> {
  const scope = scopeFor(who, permission);
  return {
    reached: reachedPeople(scope, who.person.id, await listPeople(tx)),
    masked: scope === 'all-without-personal-data',
  };
}

export function masked<Row extends LeadRow>(row: Row): Row {
  const phone = row.phone === null ? null : maskPhone(row.phone);
  return {
    ...row,
    name: row.name === null ? null : `${row.name.slice(0, 1)}…`,
    phone,
    email: row.email === null ? null : '…',
  };
}

/** The lead, if the caller may see it with this permission; a lead out of reach does not exist for them. */
export async function reachedLead(tx: Tx, who: SignedIn, id: string, permission: Permission) {
  const reach = await reachOf(tx, who, permission);
  const lead = await oneLead(tx, id);
  if (lead === null || !reaches(reach.reached, lead.holder)) return refuse({ refused: 'no-such-lead' });
  return { lead, masked: reach.masked };
}

/** The gate's no, which is an entry and no refusal of the fact: why, its clauses, and until when. Null: it said yes. */
export function gateRefusal(entries: Outcome['entries']): Refusal | null {
  const no = entries.find(({ entry }) => entry === 'contact.refused');
  if (no === undefined) return null;
  const { why, until } = no.fields;
  return {
    refused: typeof why === 'string' ? why : 'not-holder',
    because: no.because,
    ...(typeof until === 'string' ? { detail: { until } } : {}),
  };
}

/** Refusals of the house, told to the person as errors of the catalog. */
export function orRefuse(outcome: Outcome): Outcome {
  if (outcome.refused === null) return outcome;
  const { refused, because, detail } = outcome.refused;
  return refuse({ refused, because, ...(detail === undefined ? {} : { detail }) });
}
