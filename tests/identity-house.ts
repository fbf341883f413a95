import { fingerprintWith, noFacts, readEmail, readPhone, type ConsentRecord } from '../src/contacts/index.ts';
import { createHouse, insertOrganization, World, type House, type Outcome } from '../src/decisions/index.ts';
import { features } from '../src/features.ts';
import { readEntries } from '../src/journal/index.ts';
import { openDatabase, type Database } from '../src/platform/database.ts';
import { instant, MINUTE, plus, type Instant } from '../src/platform/time.ts';
import { asWritten, inForce, readPacks, type Rules } from '../src/procedures/index.ts';
import { testDatabase } from './database.ts';

export interface IdentityHouse {
  readonly organization: string;
  readonly house: House;
  readonly database: Database;
  /** The same database for a superuser. */
  readonly adminUrl: string;
  now(): Instant;
  /** Those in force now. */
  rules(): Rules;
  /** A minute passes, then the fact is submitted. */
  tell(fact: string, fields: object): Promise<Outcome>;
  close(): Promise<void>;
}

const START = instant('2024-07-02T16:00:00Z');

/** An organization in Mexico at work on the real rules and database, with two advisors and an administrator. */
export async function openIdentityHouse(): Promise<IdentityHouse> {
  const { url, adminUrl, drop } = await testDatabase();
  const database = openDatabase(url, { connectionsMax: 4 });
  const loaded = await readPacks('.');
  if ('faults' in loaded) throw new Error('the packs do not load');
  const { packs } = loaded;
  let now = START;
  let ids = 0;
  const organization = 'org-1';
  const house = createHouse({
    database,
    features,
    clock: { now: () => now },
    newId: () => `id-${(ids += 1)}`,
    salt: () => `salt-${(ids += 1)}`,
    fingerprint: fingerprintWith('test'),
    rulesFor: ({ adoptions, zone }, at) => inForce(packs, adoptions, zone, at),
    announce: () => undefined,
  });
  const about = {
    name: 'Casa Ejemplo',
    country: 'MX',
    zone: 'America/Mexico_City',
    locale: 'es-MX',
  } as const;
  await insertOrganization(database.kysely, { id: organization, openedAt: now, ...about });
  const submit = (fact: string, fields: object) =>
    house.submit(organization, { fact, actor: 'ada', ...fields });
  await submit('organization.opened', about);
  const adoptions = asWritten(packs, ['contact-center-policy', 'lead-reassignment'], '2024-01-01').map(
    (adoption) => ({ ...adoption, readings: {}, parameters: {} }),
  );
  for (const adoption of adoptions) await submit('procedure.adopted', { adoption });
  const member = {
    internal: true,
    documents: 'complete',
    grade: 'pass',
    signed: true,
    email: null,
    phone: null,
  };
  for (const [person, role] of [
    ['ada', 'administrator'],
    ['ana', 'advisor'],
    ['beto', 'advisor'],
  ])
    await submit('person.registered', {
      person,
      name: person,
      role,
      zone: null,
      reportsTo: null,
      extension: null,
      ...member,
    });
  return {
    organization,
    house,
    database,
    adminUrl,
    now: () => now,
    rules: () => inForce(packs, adoptions, about.zone, now),
    tell: (fact, fields) => {
      now = plus(now, MINUTE);
      return submit(fact, fields);
    },
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

export interface Arriving {
  readonly lead: string;
  readonly name?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly message?: string;
  readonly receipt?: string;
  readonly consent?: ConsentRecord;
}

/** The fields of `lead.received` for somebody who writes from a form. */
export function arriving({ lead, name, phone, email, message, receipt, consent }: Arriving): object {
  const origin = `form:${lead}`;
  const e164 = phone === undefined ? null : readPhone(phone, 'MX');
  const folded = email === undefined ? null : readEmail(email);
  return {
    lead,
    source: 'form',
    sourceId: lead,
    sentAt: null,
    test: false,
    zone: null,
    referredBy: null,
    identity: {
      ...noFacts,
      names: name === undefined ? [] : [{ value: name, origin, raw: name }],
      phones: e164 === null || 'refused' in e164 ? [] : [{ value: e164.e164, origin, raw: e164.raw }],
      emails:
        folded === null || 'refused' in folded ? [] : [{ value: folded.folded, origin, raw: folded.raw }],
    },
    consent: consent ?? null,
    asReceived: {
      name: name ?? null,
      phones: phone === undefined ? [] : [phone],
      emails: email === undefined ? [] : [email],
      message: message ?? null,
      fields: {},
    },
    campaign: {},
    receipt: receipt ?? null,
  };
}

/** The tables that do not equal the fold of the journal; none, when all is well. */
export async function tablesThatDiffer({ database, organization }: IdentityHouse): Promise<string[]> {
  return database.inOrganization(organization, async (tx) => {
    const world = new World();
    const entries = await readEntries(tx, 0, 1_000_000);
    for (const entry of entries) for (const feature of features) feature.evolve(world, entry);
    const differing: string[] = [];
    for (const each of features.flatMap((feature) => feature.tables)) {
      const texts = (rows: readonly object[]) =>
        new Set(rows.map((row) => JSON.stringify(sorted(JSON.parse(JSON.stringify(row))))));
      const [folded, kept] = [texts(each.derived(world)), texts(await each.stored(tx))];
      const at = `${each.table} (${each.key.join(', ')})`;
      for (const row of folded) if (!kept.has(row)) differing.push(`${at} derived: ${row}`);
      for (const row of kept) if (!folded.has(row)) differing.push(`${at} stored: ${row}`);
    }
    return differing;
  });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
}
