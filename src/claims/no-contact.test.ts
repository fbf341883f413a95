import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { conversationRig, type ConversationRig } from '../../tests/conversation-rig.ts';
import { openRigs } from '../../tests/delivery-rig.ts';
import { features } from '../features.ts';
import { verifyOrganization } from '../decisions/index.ts';
import { noFacts } from '../contacts/index.ts';
import { HOUR, MINUTE, plus, SECOND } from '../platform/time.ts';

/** lead-reassignment L4 by every path at once: the real house, its clock, the delivery worker, and what Meta and the mail server took. */

const PEOPLE = ['ana', 'beto', 'mara', 'lola', 'dora', 'cora'] as const;
const EMAIL = 'carla@example.net';
const RUNS = 20;
const STEPS_MAX = 22;

let rigs: Awaited<ReturnType<typeof openRigs>>;
const opened: ConversationRig[] = [];
beforeAll(async () => {
  rigs = await openRigs();
});
afterEach(async () => {
  for (const rig of opened.splice(0)) await rig.stop();
});
afterAll(() => rigs.close());

const identity = {
  ...noFacts,
  names: [{ value: 'Carla Ruiz', origin: 'web', raw: 'Carla Ruiz' }],
  phones: [{ value: '+525510000001', origin: 'web', raw: '55 1000 0001' }],
  emails: [{ value: EMAIL, origin: 'web', raw: EMAIL }],
};

/** The same person once more, by a form, a list or at the counter. */
function arrival(fact: string, lead: string, more: object = {}) {
  const asReceived = { name: 'Carla Ruiz', phones: [], emails: [], message: null, fields: {} };
  const about = { source: 'web', sourceId: lead, zone: null, referredBy: null, sentAt: null, test: false };
  const none = { consent: null, campaign: {}, receipt: null };
  return { fact, actor: 'web', lead, ...about, identity, asReceived, ...none, ...more };
}

async function ready(): Promise<ConversationRig> {
  const rig = await conversationRig((given) => rigs.rig(given));
  opened.push(rig);
  const control = { person: 'cora', name: 'Cora Luna', role: 'control', zone: null, reportsTo: null };
  const papers = {
    phone: null,
    extension: null,
    internal: true,
    documents: 'complete',
    grade: 'pass',
    signed: true,
  };
  await rig.submit({
    fact: 'person.registered',
    actor: 'lola',
    email: 'cora@example.com',
    ...control,
    ...papers,
  });
  await rig.submit(arrival('lead.registered', 'L1', { by: 'ana', actor: 'ana' }));
  return rig;
}

async function freeze(rig: ConversationRig, claim = 'C1'): Promise<void> {
  const said = { email: EMAIL, phone: '55 1000 0001', name: 'Carla', source: 'feria' };
  const shown = { sourceImageDatedOn: rig.time.now().slice(0, 10), firstContactShown: true };
  await rig.submit({
    fact: 'claim.requested',
    actor: 'beto',
    by: 'beto',
    claim,
    lead: 'L1',
    ...said,
    ...shown,
  });
  await rig.submit({ fact: 'claim.statusAsked', actor: 'cora', by: 'cora', claim });
}

/** By the claims themselves, not by what the gate holds. */
async function isFrozen({ database, organization }: ConversationRig): Promise<boolean> {
  const found = await database.inOrganization(organization, (tx) =>
    sql<{ frozen: boolean }>`
      select exists (select from claims where organization_id = ${organization}
                       and asked_at is not null and released_at is null and closed_at is null) as frozen`.execute(
      tx,
    ),
  );
  return found.rows[0]?.frozen === true;
}

const reached = ({ graph, smtp }: ConversationRig): number =>
  graph.taken.length + smtp.received.filter(({ to }) => to.includes(EMAIL)).length;

/** What is due fires, what is ready leaves; while frozen nothing reaches the person. Gives how many messages wait for that. */
async function pass(rig: ConversationRig, milliseconds: number): Promise<number> {
  await rig.time.advance(milliseconds);
  await rig.house.fireDue(rig.organization);
  const before = reached(rig);
  const frozen = await isFrozen(rig);
  for (let round = 0; round < 5 && (await rig.round(rig.mail)) > 0; round += 1);
  if (frozen) expect(reached(rig)).toBe(before);
  await rig.read();
  return (await rig.rows()).filter(({ code, state }) => code === 'frozen' && state === 'queued').length;
}

type Step =
  | { readonly do: 'write'; readonly by: string; readonly channel: string; readonly template: string | null }
  | { readonly do: 'call'; readonly by: string; readonly channel: string }
  | { readonly do: 'book'; readonly by: string; readonly hours: number }
  | { readonly do: 'arrive'; readonly how: string }
  | { readonly do: 'client-writes' | 'freeze' | 'complete' | 'withdraw' }
  | { readonly do: 'rule'; readonly outcome: string }
  | { readonly do: 'wait'; readonly minutes: number };

const by = fc.constantFrom(...PEOPLE);
const kind = <Name extends Step['do']>(name: Name) => fc.constant(name);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: kind('write'),
      by,
      channel: fc.constantFrom('whatsapp', 'email'),
      template: fc.constantFrom(null, 'first-contact', 'follow-up'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: kind('call'),
      by,
      channel: fc.constantFrom('call', 'whatsapp', 'email', 'sms'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: kind('book'), by, hours: fc.integer({ min: 1, max: 40 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: kind('arrive'), how: fc.constantFrom('lead.received', 'lead.imported') }),
  },
  { weight: 2, arbitrary: fc.record({ do: kind('client-writes') }) },
  { weight: 3, arbitrary: fc.record({ do: kind('freeze') }) },
  { weight: 1, arbitrary: fc.record({ do: kind('complete') }) },
  { weight: 1, arbitrary: fc.record({ do: kind('withdraw') }) },
  { weight: 2, arbitrary: fc.record({ do: kind('rule'), outcome: fc.constantFrom('keep', 'reassign') }) },
  { weight: 6, arbitrary: fc.record({ do: kind('wait'), minutes: fc.integer({ min: 0, max: 900 }) }) },
);

async function take(rig: ConversationRig, taken: Step, place: number): Promise<void> {
  const claim = await lastClaim(rig);
  const frozen = await isFrozen(rig);
  const leads = ['L1', ...(await arrived(rig))];
  const lead = leads[place % leads.length] ?? 'L1';
  switch (taken.do) {
    case 'write': {
      const { template, channel } = taken;
      const words =
        template === null || channel === 'email'
          ? { text: 'Hola', template: null }
          : { text: 'Hola', template };
      const { entries } = await rig.write({ lead, by: taken.by, channel, message: `m${place}`, ...words });
      if (frozen) expect(entries.map(({ entry }) => entry)).not.toContain('message.written');
      return;
    }
    case 'call': {
      const asked = { lead, by: taken.by, channel: taken.channel, intent: `i${place}` };
      const { entries } = await rig.submit({ fact: 'contact.attempted', actor: taken.by, ...asked });
      const names = entries.map(({ entry }) => entry);
      if (frozen) expect(names).not.toContain('contact.allowed');
      if (frozen) expect(names).not.toContain('call.intended');
      return;
    }
    case 'book': {
      const startsAt = plus(rig.time.now(), taken.hours * HOUR);
      const about = { appointment: `a${place}`, lead, by: taken.by, startsAt };
      const { entries } = await rig.submit({ fact: 'appointment.booked', actor: taken.by, ...about });
      if (frozen) expect(entries.map(({ entry }) => entry)).not.toContain('appointment.booked');
      return;
    }
    case 'arrive': {
      const listed = { by: 'lola', holder: 'beto', registeredAt: rig.time.now(), contactedAt: null };
      await rig.submit(arrival(taken.how, `N${place}`, taken.how === 'lead.imported' ? listed : {}));
      return;
    }
    case 'client-writes':
      await rig.graph.inbound({ from: '525510000001', message: { type: 'text', text: { body: '¿Sigue?' } } });
      await rig.read();
      return;
    case 'freeze':
      await freeze(rig, claim?.state === 'open' ? claim.id : `C${place}`);
      return;
    case 'complete':
      if (claim !== null)
        await rig.submit({
          fact: 'evidence.sent',
          actor: 'ana',
          by: 'ana',
          claim: claim.id,
          interactions: [],
          complete: true,
        });
      return;
    case 'withdraw':
      if (claim !== null)
        await rig.submit({ fact: 'claim.withdrawn', actor: 'beto', by: 'beto', claim: claim.id });
      return;
    case 'rule': {
      const told = { by: 'cora', outcome: taken.outcome, reasons: 'Así consta.' };
      if (claim !== null)
        await rig.submit({ fact: 'claim.confirmed', actor: 'cora', claim: claim.id, ...told });
      return;
    }
    case 'wait':
      await pass(rig, taken.minutes * MINUTE);
      return;
    default:
      taken satisfies never;
  }
}

async function lastClaim({ database, organization }: ConversationRig) {
  const found = await database.inOrganization(organization, (tx) =>
    sql<{ id: string; state: string }>`
      select id, state from claims where organization_id = ${organization} order by requested_at desc limit 1`.execute(
      tx,
    ),
  );
  return found.rows[0] ?? null;
}

async function arrived({ database, organization }: ConversationRig): Promise<string[]> {
  const found = await database.inOrganization(organization, (tx) =>
    sql<{
      id: string;
    }>`select id from leads where organization_id = ${organization} and id like 'N%' order by id`.execute(tx),
  );
  return found.rows.map(({ id }) => id);
}

const codes = async (rig: ConversationRig): Promise<(string | null)[]> =>
  (await rig.rows())
    .filter(({ kind: of }) => of === 'conversation')
    .map(({ state, code }) => (state === 'accepted' ? state : (code ?? state)));
const ruled = (rig: ConversationRig, outcome: string) =>
  rig.submit({
    fact: 'claim.confirmed',
    actor: 'cora',
    claim: 'C1',
    by: 'cora',
    outcome,
    reasons: 'Así consta.',
  });

describe('while a claim is open nothing reaches the person', () => {
  test('what was written before waits with the reason, and leaves once the holder keeps the lead', async () => {
    const rig = await ready();
    await rig.write({ template: 'first-contact' });
    await freeze(rig);
    await pass(rig, MINUTE);
    expect(await codes(rig)).toEqual(['frozen']);
    await rig.submit({
      fact: 'evidence.sent',
      actor: 'ana',
      by: 'ana',
      claim: 'C1',
      interactions: [],
      complete: true,
    });
    await ruled(rig, 'keep');
    await pass(rig, 11 * MINUTE);
    expect(reached(rig)).toBe(1);
    expect(await codes(rig)).toEqual(['accepted']);
  });

  test('nor ever, once the lead is somebody else’s', async () => {
    const rig = await ready();
    await rig.write({ template: 'first-contact' });
    await freeze(rig);
    await pass(rig, MINUTE);
    await rig.submit({
      fact: 'evidence.sent',
      actor: 'ana',
      by: 'ana',
      claim: 'C1',
      interactions: [],
      complete: true,
    });
    await ruled(rig, 'reassign');
    await pass(rig, 11 * MINUTE);
    expect(reached(rig)).toBe(0);
    expect(await codes(rig)).toEqual(['not-holder']);
  });

  test('an appointment’s reminder falls due: it waits, with its clause, and nothing is queued', async () => {
    const rig = await ready();
    const startsAt = plus(rig.time.now(), 26 * HOUR);
    await rig.submit({
      fact: 'appointment.booked',
      actor: 'ana',
      by: 'ana',
      lead: 'L1',
      appointment: 'A1',
      startsAt,
    });
    await freeze(rig);
    await pass(rig, 3 * HOUR);
    expect(await rig.entries('appointment.reminder-waits')).toMatchObject([
      { appointment: 'A1', lead: 'L1' },
    ]);
    expect(await rig.entries('appointment.reminded')).toEqual([]);
    expect(await codes(rig)).toEqual([]);
  });

  test('a row of a list brings the person again, for another holder: frozen from its first instant', async () => {
    const rig = await ready();
    await freeze(rig);
    const listed = { by: 'lola', holder: 'beto', registeredAt: rig.time.now(), contactedAt: null };
    await rig.submit(arrival('lead.imported', 'N1', listed));
    expect(await rig.entries('lead.frozen')).toMatchObject([{ lead: 'L1' }, { lead: 'N1' }]);
    await rig.submit({
      fact: 'contact.attempted',
      actor: 'beto',
      lead: 'N1',
      by: 'beto',
      channel: 'call',
      intent: 'i1',
    });
    expect(await rig.entries('contact.refused')).toMatchObject([{ lead: 'N1', by: 'beto', why: 'frozen' }]);
    expect(await rig.entries('call.intended')).toEqual([]);
  });

  test('the person writes: they are heard, and nothing answers by itself', async () => {
    const rig = await ready();
    await freeze(rig);
    await rig.graph.inbound({ from: '525510000001', message: { type: 'text', text: { body: 'Hola' } } });
    await pass(rig, MINUTE);
    expect(await rig.thread()).toMatchObject([{ direction: 'in', words: 'Hola' }]);
    expect(reached(rig)).toBe(0);
    const { entries } = await rig.write({ text: 'Buen día' });
    expect(entries).toMatchObject([{ entry: 'contact.refused', fields: { why: 'frozen' } }]);
  });

  test('by whatever path, at whatever instant', async () => {
    let kept = 0;
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: STEPS_MAX }), async (steps) => {
        const rig = await ready();
        for (const [place, each] of steps.entries()) {
          await take(rig, each, place);
          // Sooner than what was written leaves, so that a claim may come between.
          kept += await pass(rig, SECOND);
        }
        sent += reached(rig);
        const verified = await verifyOrganization(rig.database, features, rig.organization, new Map());
        expect(verified.differences).toEqual([]);
      }),
      { numRuns: RUNS, seed: 1_404 },
    );
    // It would prove little if nothing ever went, or nothing ever had to wait.
    expect(sent).toBeGreaterThan(5);
    expect(kept).toBeGreaterThan(0);
  }, 300_000);
});
