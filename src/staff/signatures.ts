import { addDays, atLocal, localDate } from '../calendar/index.ts';
import {
  currentOrganization,
  Rows,
  tell,
  type Deciding,
  type DueDeadline,
  type Fact,
  type OwnDeadline,
  type Refusal,
  type World,
} from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import { houseRule, isProcedure, type Procedure } from '../procedures/index.ts';
import { everybody, managerOf, person, type Person } from './person.ts';

/**
 * One person's signature under one version of a procedure (contact-center-policy S1; lead-assignment P7):
 *
 *   asked ──read and signed with full name──▶ signed
 *     └──the days to sign are over──▶ overdue ──signed──▶ signed (late)
 *
 * One who signs before being asked goes straight to signed.
 */
export interface Signature {
  readonly person: string;
  readonly procedure: string;
  /** The day it takes effect in the organization. */
  readonly version: LocalDate;
  readonly askedAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly duePassed: boolean;
  readonly signedAt: Instant | null;
  readonly fullName: string | null;
}

export interface PolicySigned extends Fact {
  readonly fact: 'policy.signed';
  readonly by: string;
  readonly procedure: string;
  readonly fullName: string;
  /** The version read; the one in force unless given. */
  readonly version?: LocalDate;
}

export const signaturesSlice = {
  name: 'signatures',
  empty: () => ({ signatures: new Rows<Signature>(({ person: of }) => [of]) }),
};
export const SIGNATURE_SUBJECT = 'signature:';
export const SIGNATURE_DUE = 'signature.due';

export function signatureKey(of: Pick<Signature, 'person' | 'procedure' | 'version'>): string {
  return `${of.person} ${of.procedure} ${of.version}`;
}

export function signatureOf(
  world: World,
  of: Pick<Signature, 'person' | 'procedure' | 'version'>,
): Signature | undefined {
  return world.get(signaturesSlice).signatures.get(signatureKey(of));
}

/** Roles that work by the procedures; a client only looks. */
export function signs({ role, leftAt }: Person): boolean {
  return leftAt === null && role !== 'client' && role !== 'system';
}

export interface Version {
  readonly procedure: Procedure;
  readonly version: LocalDate;
}

/** What is in force, and what has been adopted for a day still to come. */
export function versionsToSign({ world, rules, now }: Pick<Deciding, 'world' | 'rules' | 'now'>): Version[] {
  const { adoptions, zone } = currentOrganization(world);
  const today = localDate(now, zone);
  const inForce = Object.entries(rules.data.procedures).flatMap(([name, { version }]) =>
    isProcedure(name) ? [{ procedure: name, version }] : [],
  );
  const coming = adoptions
    .filter(({ effectiveOn }) => effectiveOn > today)
    .map(({ procedure, effectiveOn }) => ({ procedure, version: effectiveOn }));
  const all = [...inForce, ...coming];
  return all.filter(
    (each, place) =>
      all.findIndex((o) => o.procedure === each.procedure && o.version === each.version) === place,
  );
}

/** Whoever has not signed a version is asked to, with a day by which; told once for all that is asked at one moment. */
export function askSignatures(
  deciding: Deciding,
  people: readonly Person[] = everybody(deciding.world),
): void {
  const versions = versionsToSign(deciding);
  for (const each of people) {
    if (!signs(each) || each.signed) continue;
    const asked = versions.filter(({ procedure, version }) => {
      if (each.signatures.includes(`${procedure}@${version}`)) return false;
      return signatureOf(deciding.world, { person: each.id, procedure, version })?.askedAt == null;
    });
    for (const version of asked) askOne(deciding, each, version);
    if (asked.length === 0) continue;
    tell(deciding, {
      to: each.id,
      about: 'signature.asked',
      because: clausesOf(deciding, asked),
      values: {
        procedures: asked.map(({ procedure }) => procedure),
        dueAt: latestDue(deciding, each, asked),
      },
    });
  }
}

function askOne(deciding: Deciding, { id }: Person, { procedure, version }: Version): void {
  deciding.record({
    entry: 'signature.asked',
    kind: 'decision',
    because: clausesOf(deciding, [{ procedure, version }]),
    person: id,
    fields: { person: id, procedure, version, dueAt: dueOf(deciding, version) },
  });
}

/** The days run from when it is asked and in force, through the last one's end (reading signature.days). */
function dueOf({ world, now, rules }: Deciding, version: LocalDate): Instant {
  const { zone } = currentOrganization(world);
  const today = localDate(now, zone);
  const days = rules.reading('contact-center-policy', 'signature.days');
  return atLocal(`${addDays(version > today ? version : today, days)}T23:59:59`, zone);
}

function latestDue({ world }: Deciding, { id }: Person, asked: readonly Version[]): Instant | null {
  const dues = asked.map((each) => signatureOf(world, { person: id, ...each })?.dueAt ?? null);
  return dues.filter((each) => each !== null).toSorted()[0] ?? null;
}

/** What asks for the signature: S1 of its own policy, the clauses that are agreed by signing, and P7, which needs them all. */
function clausesOf({ rules }: Deciding, versions: readonly Version[]): string[] {
  const clauses = versions.flatMap(({ procedure }) => [
    ...rules.agreed(procedure),
    rules.cite('lead-assignment', 'P7'),
    procedure === 'contact-center-policy' ? rules.cite('contact-center-policy', 'S1') : null,
  ]);
  const cited = [...new Set(clauses)].filter((clause) => clause !== null);
  return cited.length > 0 ? cited : [houseRule('signatures')];
}

/** Which version was signed stands in the journal: the one in force at this instant, or the one that was read. */
export function signPolicy(fact: PolicySigned, deciding: Deciding): Refusal | void {
  const signer = person(deciding.world, fact.by);
  if (signer === undefined) return { refused: 'no-such-person', because: [houseRule('facts')] };
  const inForce = Object.entries(deciding.rules.data.procedures).find(
    ([name]) => name === fact.procedure,
  )?.[1];
  const version = fact.version ?? inForce?.version;
  const known = versionsToSign(deciding).some(
    (each) => each.procedure === fact.procedure && each.version === version,
  );
  if (version === undefined || !known)
    return { refused: 'procedure-not-in-force', because: [houseRule('facts')] };
  deciding.record({
    entry: 'policy.signed',
    kind: 'fact',
    because: [],
    person: fact.by,
    fields: { by: fact.by, procedure: fact.procedure, version },
    personal: { fullName: fact.fullName },
  });
  return undefined;
}

/** Not signed by the end of the days: counted, and the person and their manager are told. */
export function signatureDue(deadline: DueDeadline, deciding: Deciding): void {
  const { world } = deciding;
  const key = deadline.subject.slice(SIGNATURE_SUBJECT.length);
  const signature = world.get(signaturesSlice).signatures.get(key);
  if (signature === undefined) return;
  const { person: id, procedure, version } = signature;
  const signer = person(world, id);
  const holds = versionsToSign(deciding).find(
    (each) => each.procedure === procedure && each.version === version,
  );
  const fields = { person: id, procedure, version };
  // Who has left, and a version that another has taken the place of, owe no signature any more.
  if (signer === undefined || !signs(signer) || holds === undefined) {
    deciding.record({ entry: 'signature.lapsed', kind: 'fact', because: [], person: id, fields });
    return;
  }
  const because = clausesOf(deciding, [holds]);
  deciding.record({
    entry: 'deadline.missed',
    kind: 'decision',
    because,
    person: id,
    fields: { what: 'signature', who: id, dueAt: deadline.dueAt, procedure, version },
  });
  const manager = managerOf(world, id);
  for (const to of [id, ...(manager === undefined ? [] : [manager.id])])
    tell(deciding, {
      to,
      about: 'signature.missed',
      because,
      values: { person: id, procedures: [procedure] },
    });
}

export function signatureDeadlines(signature: Signature): OwnDeadline[] {
  const { dueAt, duePassed, signedAt } = signature;
  return dueAt === null || duePassed || signedAt !== null ? [] : [{ kind: SIGNATURE_DUE, dueAt }];
}

export function evolveSignatures(world: World, entry: JournalEntry | NewEntry): void {
  const { signatures } = world.get(signaturesSlice);
  const fields = entry.fields as unknown as {
    by?: string;
    person?: string;
    who?: string;
    what?: string;
    procedure: string;
    version: string;
    dueAt: Instant;
  };
  const change = (of: string | undefined, changes: Partial<Signature>): void => {
    if (of === undefined) return;
    const { procedure, version } = fields;
    const key = signatureKey({ person: of, procedure, version });
    const before = signatures.get(key) ?? {
      person: of,
      procedure,
      version,
      askedAt: null,
      dueAt: null,
      duePassed: false,
      signedAt: null,
      fullName: null,
    };
    signatures.set(key, { ...before, ...changes });
  };
  switch (entry.entry) {
    case 'signature.asked':
      change(fields.person, { askedAt: entry.at, dueAt: fields.dueAt });
      return;
    case 'signature.lapsed':
      change(fields.person, { duePassed: true });
      return;
    case 'deadline.missed':
      if (fields.what === 'signature') change(fields.who, { duePassed: true });
      return;
    case 'policy.signed': {
      const { fullName = null } = (entry.personal ?? {}) as { fullName?: string };
      change(fields.by, { signedAt: entry.at, fullName });
      return;
    }
    default:
  }
}
