import { join } from 'node:path';
import { features } from '../src/features.ts';
import { fingerprintWith, noFacts } from '../src/contacts/index.ts';
import { createHouse, insertOrganization, type Fact, type House } from '../src/decisions/index.ts';
import type { Database } from '../src/platform/database.ts';
import { planConversation, planMails } from './traffic-conversations.ts';
import { planClaim } from './traffic-claims.ts';
import { planFollowUp, planReports } from './traffic-follow-up.ts';
import { HOUR, instant, MINUTE, plus, SECOND, type Instant } from '../src/platform/time.ts';
import { planRosterLife } from './roster-traffic.ts';
import { planMoney } from './money-traffic.ts';
import { planVersions } from './traffic-versions.ts';
import { asWritten, inForce, readPacks, type Pack, type Rules } from '../src/procedures/index.ts';

/**
 * A month of an invented organization's work from a seed, through the house and its own clock: leads by day and night,
 * people who call in time, late, during the tenth minute or not at all, duplicates, referrals, reversals, refusals, absences.
 */
export interface TrafficOptions {
  readonly seed: number;
  readonly leads: number;
  /** Facts decided together in one commit; 1: each waits for the one before. */
  readonly together?: number;
  /** Milliseconds by which the clock fires what is due too late; 0: to the instant. */
  readonly clockLate?: number;
  /** After each commit, as the program itself is told. */
  readonly announced?: (organization: string) => void;
}

export interface Traffic {
  readonly organization: string;
  readonly house: House;
  /** Contacts met, oldest first. */
  readonly contacts: readonly string[];
  submit(fact: Record<string, unknown> & { fact: string }): Promise<void>;
  /** The person of this contact asks to be forgotten, and is. */
  erase(contact: string): Promise<void>;
}

const ZONE = 'America/Mexico_City';
const DAY = 24 * HOUR;
const FIRST_DAY = instant('2024-07-01T15:00:00Z');
const PREPARED = instant('2024-06-24T16:00:00Z');
const WORK_DAYS = 33;

type Told = Record<string, unknown> & { fact: string };
interface Planned {
  readonly at: Instant;
  fact(): Told | null;
}

/** Numbers from a seed, the same on every machine (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const advisors = Array.from({ length: 14 }, (_, index) => `advisor${index}`);
const zoneOf = (index: number): string => (index % 2 === 0 ? 'norte' : 'sur');

/** Who claims the lead of this number, where anybody does. */
function askerOf(index: number): string {
  return advisors[(index + 5) % advisors.length] ?? '';
}

function person(id: string, role: string, zone: string | null, reportsTo: string | null): Told {
  return {
    fact: 'person.registered',
    actor: 'system',
    person: id,
    name: `${id} Prueba`,
    role,
    zone,
    reportsTo,
    email: `${id}@example.com`,
    phone: null,
    extension: null,
    internal: true,
    documents: 'complete',
    grade: 'pass',
    signed: true,
  };
}

function staff(): Told[] {
  return [
    person('administrator', 'administrator', null, null),
    person('direction', 'direction', null, null),
    person('control', 'control', null, null),
    ...['norte', 'sur'].flatMap((zone) => [
      person(`director-${zone}`, 'director', zone, 'direction'),
      person(`manager-${zone}`, 'manager', null, `director-${zone}`),
    ]),
    ...advisors.map((id, index) => person(id, 'advisor', null, `manager-${zoneOf(index)}`)),
    ...['support0', 'support1', 'support2'].map((id) => person(id, 'support', null, null)),
  ];
}

export async function makeTraffic(
  database: Database,
  { seed, leads, together = 1, clockLate = 0, announced = () => undefined }: TrafficOptions,
): Promise<Traffic> {
  const random = seeded(seed);
  const salts = seeded(seed + 1_000);
  const ownRandom = seeded(seed + 1);
  const talkRandom = seeded(seed + 2);
  const claimRandom = seeded(seed + 4);
  const within = (low: number, high: number): number => low + Math.floor(random() * (high - low));
  const chance = (share: number): boolean => random() < share;
  const organization = `org-${seed}-${Math.floor(random() * 1e9).toString(36)}`;
  const packs = await allPacks();
  const adopted = packs.filter(({ country }) => country === 'MX').map(({ name }) => name);
  const holders = new Map<string, string>();
  const contacts = new Set<string>();
  const contacted = new Set<string>();
  const outcomes: Told[] = [];
  let now = PREPARED;
  let ids = 0;
  const rules = new Map<string, Rules>();
  const house = createHouse({
    database,
    features,
    clock: { now: () => now },
    newId: () => `${organization}-${(ids += 1)}`,
    // Of its own: what one part adds to the month leaves the fortunes of the others as they were.
    salt: () => `salt-${salts()}`,
    fingerprint: fingerprintWith('traffic'),
    rulesFor: ({ adoptions }, at) => {
      const key = `${adoptions.length} ${at.slice(0, 13)}`;
      const known = rules.get(key) ?? inForce(packs, adoptions, ZONE, at);
      rules.set(key, known);
      return known;
    },
    announce: (_organization, entries) => {
      for (const { entry, lead, contact, fields } of entries) {
        if (typeof fields['to'] === 'string' && lead != null && entry.startsWith('lead.'))
          holders.set(lead, fields['to']);
        if (contact != null) contacts.add(contact);
        if (entry === 'lead.contacted' && lead != null) contacted.add(lead);
        if (entry !== 'told') continue;
        const { message, channel, about } = fields as { message: string; channel: string; about: string };
        // No answer comes to these, so that the fortunes of the others stay as they are.
        if (ROSTER_NOTICES.test(about)) continue;
        const outcome = chance(0.85) ? 'accepted' : chance(0.5) ? 'refused' : null;
        if (outcome !== null)
          outcomes.push({ fact: 'message.outcome', actor: channel, message, channel, outcome });
        if (outcome === 'accepted' && chance(0.3))
          outcomes.push({ fact: 'message.outcome', actor: channel, message, channel, outcome: 'read' });
      }
      announced(organization);
    },
  });
  const submit = async (fact: Told): Promise<void> => {
    await house.submit(organization, { actor: 'system', ...fact });
    await deliver();
  };
  const deliver = async (): Promise<void> => {
    while (outcomes.length > 0)
      await Promise.all(
        outcomes.splice(0).map((fact) => house.submit(organization, fact as unknown as Fact)),
      );
  };
  const advance = async (to: Instant): Promise<void> => {
    for (let due = await house.nextDue(organization); due !== null; due = await house.nextDue(organization)) {
      const fires = plus(due, clockLate);
      if (fires >= to) break;
      if (fires > now) now = fires;
      await house.fireDue(organization);
      await deliver();
    }
    if (to > now) now = to;
  };

  const about = { name: 'Organización de prueba', country: 'MX' as const, zone: ZONE, locale: 'es-MX' };
  await insertOrganization(database.kysely, { id: organization, openedAt: now, ...about });
  await submit({ fact: 'organization.opened', ...about });
  for (const adoption of asWritten(packs, adopted, '2024-06-01'))
    await submit({
      fact: 'procedure.adopted',
      adoption: { ...adoption, readings: readingsOf(adoption.procedure), parameters: {} },
    });
  for (const member of staff()) await submit(member);

  const plan: Planned[] = [];
  const at = (when: Instant, fact: Told | (() => Told | null)): void => {
    plan.push({ at: when, fact: typeof fact === 'function' ? fact : () => fact });
  };
  planRosters(at);
  planVersions(at, plus(PREPARED, 26 * HOUR));
  planStaff(at, within);
  planRosterLife(
    at,
    advisors.filter((_, index) => zoneOf(index) === 'sur'),
  );
  planMoney(at, FIRST_DAY, advisors);
  planReports(advisors, { from: FIRST_DAY, weeks: 4, random: ownRandom, at });
  for (let index = 0; index < leads; index += 1) planLead(index);
  plan.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

  function planLead(index: number): void {
    const lead = `L${index}`;
    const by = advisors[index % advisors.length] ?? '';
    // Nine in ten by day.
    const hour = chance(0.9) ? within(0, 9) : within(9, 24);
    const arrives = plus(FIRST_DAY, within(0, WORK_DAYS) * DAY + hour * HOUR + within(0, 3_600) * SECOND);
    const test = chance(0.02);
    // A test lead names nobody: it is never made a contact, so no erasure of a contact would reach it.
    const drawn = test ? 500_000 + index : chance(0.2) && index > 5 ? within(0, index) : index;
    const reachable = !chance(0.02);
    // Nor is one without a phone ever known for somebody else.
    const who = reachable ? drawn : 600_000 + index;
    const phone = `+5255${String(10_000_000 + who * 37).slice(-8)}`;
    const fact = chance(0.12) ? 'lead.registered' : 'lead.received';
    at(arrives, {
      fact,
      actor: fact === 'lead.registered' ? by : 'facebook',
      lead,
      by,
      source: chance(0.5) ? 'facebook' : 'web',
      sourceId: `source-${index}`,
      sentAt: chance(0.5) ? plus(arrives, -MINUTE) : null,
      test,
      zone: null,
      referredBy: chance(0.08) && index > 3 ? `L${within(0, index)}` : null,
      identity: {
        ...noFacts,
        names: [{ value: `Persona ${words(who)}`, origin: `lead:${lead}`, raw: `persona ${words(who)}` }],
        phones: reachable ? [{ value: phone, origin: `lead:${lead}`, raw: phone }] : [],
      },
      consent: null,
      asReceived: {
        name: `persona ${words(who)}`,
        phones: reachable ? [phone] : [],
        emails: [],
        message: chance(0.3) ? 'Quiero informes' : null,
        fields: { budget: within(1, 9) * 0.25 },
      },
      campaign: { name: 'verano' },
      receipt: null,
    });
    const holder = (): string => holders.get(lead) ?? by;
    const call = `call-${index}`;
    const behaviour = random();
    if (behaviour < 0.55)
      planCall(call, lead, holder, plus(arrives, within(60, 560) * SECOND), within(20, 300));
    else if (behaviour < 0.65) planCall(call, lead, holder, plus(arrives, 570 * SECOND), within(60, 400));
    else if (behaviour < 0.8) planLateReport(call, lead, arrives);
    // Whoever has it by then does what the first did not; most do.
    const nextMorning = instant(`${plus(arrives, 9 * HOUR).slice(0, 10)}T15:04:00Z`);
    const tries = [13, 27, 45].map((minutes) => plus(arrives, minutes * MINUTE));
    for (const [index, from] of [...tries, nextMorning, plus(nextMorning, 14 * MINUTE)].entries())
      planCall(
        `${call}-${index}`,
        lead,
        holder,
        from,
        within(20, 200),
        () => !contacted.has(lead) && chance(0.85),
      );
    const later = (): Instant => plus(arrives, within(11, 600) * MINUTE);
    if (chance(0.3))
      at(later(), () => ({ fact: 'note', actor: holder(), lead, by: holder(), text: 'Llamar el lunes' }));
    if (chance(0.2))
      at(later(), () => ({
        fact: 'lead.graded',
        actor: holder(),
        lead,
        by: holder(),
        grade: 'AA',
        reason: '',
      }));
    if (chance(0.1))
      at(later(), () => ({
        fact: 'message',
        actor: holder(),
        lead,
        by: holder(),
        from: null,
        channel: 'whatsapp',
        verifiable: true,
      }));
    if (chance(0.05))
      at(later(), () => ({ fact: 'lead.passed', actor: holder(), lead, by: holder(), reason: 'Viaje' }));
    if (chance(0.03))
      at(later(), {
        fact: 'lead.placed',
        actor: 'administrator',
        lead,
        by: 'administrator',
        to: chance(0.5) ? by : null,
        reason: 'Equilibrio',
      });
    if (chance(0.05))
      at(later(), () => ({
        fact: 'sale.closed',
        actor: holder(),
        lead,
        by: holder(),
        sale: `sale-${index}`,
        price: '1500000.00',
        advisorCommission: '15000.50',
        managerCommission: null,
      }));
    planClaim({
      lead,
      from: plus(arrives, 30 * MINUTE),
      holder,
      asker: askerOf(index),
      random: claimRandom,
      at,
    });
    planFollowUp({ lead, from: plus(arrives, 20 * MINUTE), holder, random: ownRandom, at });
    const talk = { lead, from: plus(arrives, 90 * MINUTE), holder, random: talkRandom, at };
    planConversation(talk);
    planMails(talk, phone, by);
    if (chance(0.05)) at(later(), { fact: 'contact.attempted', actor: by, lead, by, channel: 'whatsapp' });
    if (chance(0.02)) at(later(), { fact: 'note', actor: by, lead: `unknown-${index}`, by, text: 'Nada' });
  }

  function planCall(
    id: string,
    lead: string,
    holder: () => string,
    from: Instant,
    seconds: number,
    when: () => boolean = () => true,
  ): void {
    let begun = false;
    at(from, () => {
      begun = when();
      return begun
        ? { fact: 'call.started', actor: 'pbx', call: id, by: holder(), lead, direction: 'out' }
        : null;
    });
    const ended = {
      fact: 'call.ended',
      actor: 'pbx',
      call: id,
      talkSeconds: seconds - 8.5,
      ringSeconds: 8.5,
    };
    at(plus(from, seconds * SECOND), () => (begun ? { ...ended, answered: chance(0.8) } : null));
  }

  /** The PBX tells only later of a call that was in time: what was taken from its maker is given back. */
  function planLateReport(id: string, lead: string, arrives: Instant): void {
    let first: string | undefined;
    at(plus(arrives, 5 * SECOND), () => {
      first = holders.get(lead);
      return null;
    });
    const startedAt = plus(arrives, within(60, 540) * SECOND);
    const report = {
      fact: 'call.reported',
      actor: 'pbx',
      call: id,
      lead,
      direction: 'out',
      startedAt,
      answered: true,
      talkSeconds: 61.25,
      ringSeconds: 4,
    };
    at(plus(arrives, within(15, 90) * MINUTE), () => (first === undefined ? null : { ...report, by: first }));
  }

  for (let next = 0; next < plan.length;) {
    const group = plan.slice(next, next + together);
    next += group.length;
    await advance(group.at(-1)?.at ?? now);
    const facts = group.flatMap((planned) => planned.fact() ?? []);
    await Promise.all(facts.map((fact) => house.submit(organization, fact as unknown as Fact)));
    await deliver();
  }
  await advance(plus(now, 20 * MINUTE));
  const erase = async (contact: string): Promise<void> => {
    const asked = { contact, lead: null, by: 'administrator', reason: 'requested', requestedAt: now };
    const fact = { fact: 'contact.erased', actor: 'administrator', ...asked };
    let { refused } = await house.submit(organization, fact);
    // Whoever has a claim open is not erased before it is over.
    for (let open = refused?.detail?.['claim']; typeof open === 'string'; open = refused?.detail?.['claim']) {
      const asker = askerOf(Number(/\d+$/.exec(open)?.[0]));
      await submit({ fact: 'claim.withdrawn', actor: asker, claim: open, by: asker });
      ({ refused } = await house.submit(organization, fact));
    }
    if (refused !== null) throw new Error(`not erased: ${refused.refused}`);
    await deliver();
  };
  return { organization, house, contacts: [...contacts], submit, erase };
}

const FIRST = ['Luna', 'Mar', 'Sol', 'Río', 'Nube', 'Roca', 'Flor', 'Valle', 'Monte', 'Brisa'];
const SECOND_NAMES = [
  'Tejedor',
  'Molinero',
  'Herrera',
  'Pastor',
  'Cantero',
  'Barquero',
  'Labrador',
  'Alfarero',
  'Hilandera',
  'Vidriero',
];

function words(who: number): string {
  return `${FIRST[who % 10]} ${SECOND_NAMES[Math.floor(who / 10) % 10]} ${who}`;
}

/** Everything as written, but exceptions may be signed, so that there are some. */
const readingsOf = (procedure: string): object =>
  procedure === 'lead-assignment' ? { 'roster.exceptions': 'direction' } : {};

const ROSTER_NOTICES = /^(?:shifts|swap|absence|signature)\.|^roster\.(?:due|reminder)$/;

type At = (when: Instant, fact: Told) => void;

function planRosters(at: At): void {
  const months = [
    ['2024-07', plus(PREPARED, HOUR), instant('2024-07-01T14:05:00Z')],
    ['2024-08', instant('2024-07-24T16:00:00Z'), instant('2024-08-01T14:05:00Z')],
  ] as const;
  for (const [month, submitted, confirmed] of months) {
    for (const zone of ['norte', 'sur']) {
      const listed = advisors.filter((_, index) => zoneOf(index) === zone);
      at(submitted, {
        fact: 'roster.submitted',
        actor: `director-${zone}`,
        month,
        zone,
        by: `director-${zone}`,
        advisors: listed,
      });
    }
    for (const [index, by] of advisors.entries())
      if (index !== 3)
        at(plus(confirmed, index * MINUTE), {
          fact: 'roster.confirmed',
          actor: by,
          month,
          by,
          channel: 'whatsapp',
        });
  }
}

function planStaff(at: At, within: (low: number, high: number) => number): void {
  for (const [index, advisor] of advisors.entries()) {
    const away = plus(FIRST_DAY, within(1, WORK_DAYS - 2) * DAY + within(0, 8) * HOUR);
    at(away, { fact: 'person.changed', actor: 'administrator', person: advisor, absent: true });
    at(plus(away, 6 * HOUR), {
      fact: 'person.changed',
      actor: 'administrator',
      person: advisor,
      absent: false,
    });
    const figures = { sales: 6 + index, leads: 40, closings: 8 + (index % 4) };
    const results = { fact: 'month.results', actor: 'administrator', person: advisor, ...figures };
    at(plus(PREPARED, (index + 1) * MINUTE), { ...results, month: '2024-06' });
    at(plus(FIRST_DAY, 29 * DAY + index * MINUTE), { ...results, month: '2024-07' });
    if (index % 4 === 0)
      at(plus(away, MINUTE), {
        fact: 'policy.signed',
        actor: advisor,
        by: advisor,
        procedure: 'lead-assignment',
        fullName: advisor,
      });
  }
  at(plus(FIRST_DAY, 20 * DAY), {
    fact: 'person.changed',
    actor: 'administrator',
    person: 'advisor13',
    left: true,
  });
  at(plus(FIRST_DAY, 21 * DAY), {
    fact: 'person.changed',
    actor: 'administrator',
    person: 'advisor5',
    grade: 'fail',
    email: 'otro@example.com',
  });
  at(plus(FIRST_DAY, 22 * DAY), {
    fact: 'organization.changed',
    actor: 'administrator',
    settings: { staffChannel: 'email' },
  });
}

async function allPacks(): Promise<Pack[]> {
  const loaded = await readPacks(join(import.meta.dirname, '..'));
  if (!('packs' in loaded)) throw new Error('the procedures do not load');
  return [...loaded.packs];
}
