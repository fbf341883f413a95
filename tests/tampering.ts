import { sql } from 'kysely';
import type { Difference, Verified } from '../src/decisions/index.ts';
import { compareWithin, foldWithin, verifyWithin } from '../src/decisions/verify.store.ts';
import { features } from '../src/features.ts';
import type { ChainFinding } from '../src/journal/index.ts';
import { openDatabase, type Tx } from '../src/platform/database.ts';
import type { SealedTraffic } from './sealed-traffic.ts';

/**
 * What an owner of the database could do to it past the house, with triggers and foreign keys off. Each does one thing at
 * a place drawn at random and says by which finding it must be named.
 */
export interface Tampered {
  readonly what: string;
  isNamed(verified: Verified): boolean;
}

export interface TamperPlace {
  readonly tx: Tx;
  readonly organization: string;
  readonly random: () => number;
}

export type Tamper = (place: TamperPlace) => Promise<Tampered>;

/** Named by a finding or difference with at least these members. */
export function has(expected: Partial<Record<string, unknown>>): Tampered['isNamed'] {
  return ({ journal, differences }) =>
    [...journal.findings, ...differences].some((found: ChainFinding | Difference) =>
      Object.entries(expected).every(([name, value]) => Reflect.get(found, name) === value),
    );
}

export const OWN = sql.raw('organization_id = pauta_organization()');

class RolledBack extends Error {}

/** A superuser on the traffic's database: does each thing with every trigger off, looks, and takes it back. */
export async function tampering(traffic: SealedTraffic) {
  const { scratch, organization } = traffic;
  const published = await traffic.heads();
  const owner = openDatabase(scratch.adminUrl, { connectionsMax: 1 });
  async function undone<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const results: T[] = [];
    try {
      await owner.kysely.transaction().execute(async (tx) => {
        await sql`set local session_replication_role = replica`.execute(tx);
        await sql`select set_config('pauta.organization', ${organization}, true)`.execute(tx);
        results.push(await work(tx));
        throw new RolledBack();
      });
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
    }
    const [result] = results;
    if (result === undefined) throw new Error('nothing was tried');
    return result;
  }
  const folded = await undone((tx) => foldWithin(tx, features, organization, published));
  return {
    close: () => owner.close(),
    tried: (tamper: Tamper, random: () => number): Promise<[Tampered, Verified]> =>
      undone(async (tx) => {
        const tampered = await tamper({ tx, organization, random });
        return [tampered, await verifyWithin(tx, features, organization, published)];
      }),
    /** The same for what leaves the journal alone: what it comes to has been found once. */
    triedOnTables: (tamper: Tamper, random: () => number): Promise<[Tampered, Verified]> =>
      undone(async (tx) => {
        const tampered = await tamper({ tx, organization, random });
        const { journal } = folded;
        return [tampered, { organization, journal, ...(await compareWithin(tx, features, folded)) }];
      }),
  };
}
