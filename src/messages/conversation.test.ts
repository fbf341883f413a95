import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { conversationRig, type ConversationRig } from '../../tests/conversation-rig.ts';
import { openRigs, type RigOptions } from '../../tests/delivery-rig.ts';
import { features } from '../features.ts';
import { verifyOrganization } from '../decisions/index.ts';
import { HOUR, MINUTE, SECOND } from '../platform/time.ts';

let rigs: Awaited<ReturnType<typeof openRigs>>;
const opened: ConversationRig[] = [];
beforeAll(async () => {
  rigs = await openRigs();
});
afterEach(async () => {
  for (const rig of opened.splice(0)) await rig.stop();
});
afterAll(() => rigs.close());

async function ready(options: RigOptions = {}): Promise<ConversationRig> {
  const rig = await conversationRig((given) => rigs.rig(given), options);
  opened.push(rig);
  await rig.lead('L1');
  await rig.round(rig.mail);
  return rig;
}

const holderOf = async (rig: ConversationRig): Promise<string> =>
  String((await rig.entries('lead.assigned'))[0]?.['to']);

/** As WhatsApp writes numbers. */
const whatsappOf = async (rig: ConversationRig): Promise<string> => (await rig.phoneOf('L1')).slice(1);

/** The client writes, and the webhook is read. */
async function hears(
  rig: ConversationRig,
  message: Parameters<ConversationRig['graph']['inbound']>[0]['message'],
  from?: string,
): Promise<void> {
  await rig.graph.inbound({ from: from ?? (await whatsappOf(rig)), message });
  await rig.read();
}
const text = (body: string) => ({ type: 'text', text: { body } });

/** Lets the five seconds pass, sends, and reads what Meta says of it. */
async function goes(rig: ConversationRig): Promise<void> {
  await rig.time.advance(6 * SECOND);
  await rig.round(rig.mail);
  await rig.time.advance(MINUTE);
  await rig.read();
}

describe('what a client writes', () => {
  test('stands in the conversation once, counts as theirs, and its holder is told', async () => {
    const rig = await ready();
    rig.graph.webhookFaults({ times: 3 });
    await hears(rig, text('¿Sigue disponible?'));
    await rig.read();
    expect(await rig.thread()).toMatchObject([{ lead: 'L1', direction: 'in', words: '¿Sigue disponible?' }]);
    expect(await rig.entries('message')).toMatchObject([
      { lead: 'L1', by: null, from: 'client', channel: 'whatsapp' },
    ]);
    const told = (await rig.entries('told')).filter(({ about }) => about === 'message.received');
    expect(told).toMatchObject([{ to: await holderOf(rig), channel: 'app' }]);
  });

  test('more of the same before it is read tells the holder no second time', async () => {
    const rig = await ready();
    await hears(rig, text('Hola'));
    await hears(rig, text('¿Está?'));
    const told = async () =>
      (await rig.entries('told')).filter(({ about }) => about === 'message.received').length;
    expect(await told()).toBe(1);
    await rig.submit({ fact: 'thread.read', actor: 'ana', by: 'ana', lead: 'L1' });
    await hears(rig, text('Gracias'));
    expect(await told()).toBe(2);
  });

  test('its words stand outside the hashed body of the journal', async () => {
    const rig = await ready();
    await hears(rig, text('mi secreto'));
    const fields = JSON.stringify(await rig.entries('message'));
    expect(fields).not.toContain('secreto');
    expect(fields).not.toContain((await rig.phoneOf('L1')).slice(3));
  });

  test('somebody without a phone is answered by the id WhatsApp gives', async () => {
    const rig = await ready();
    await rig.submit({
      fact: 'lead.received',
      actor: 'whatsapp',
      lead: 'L2',
      source: 'whatsapp',
      sourceId: 'L2',
      zone: null,
      referredBy: null,
      sentAt: null,
      test: false,
      identity: {
        names: [],
        phones: [],
        emails: [],
        documents: [],
        whatsappIds: [{ value: 'MX.abc123', origin: 'whatsapp', raw: 'MX.abc123' }],
      },
      consent: null,
      asReceived: { name: null, phones: [], emails: [], message: null, fields: {} },
      campaign: {},
      receipt: null,
    });
    await rig.graph.inbound({ bsuid: 'MX.abc123', message: text('Buenas') });
    await rig.read();
    const by = String((await rig.entries('lead.assigned')).find(({ lead }) => lead === 'L2')?.['to']);
    await rig.write({ lead: 'L2', by, text: 'Con gusto' });
    await goes(rig);
    expect(rig.graph.taken.at(-1)?.body).toMatchObject({
      recipient: 'MX.abc123',
      text: { body: 'Con gusto' },
    });
    expect((await rig.thread()).at(-1)).toMatchObject({ state: 'read', counted: true });
  });
});

describe('what is written to a client', () => {
  test('inside the 24 hours goes in own words, as an answer to theirs, and counts once it is taken', async () => {
    const rig = await ready();
    const by = await holderOf(rig);
    await hears(rig, text('¿Precio?'));
    const [theirs] = await rig.thread();
    await rig.write({
      by,
      text: 'Desde 2.1 millones',
      ...(theirs === undefined ? {} : { repliesTo: theirs.id }),
    });
    expect((await rig.entries('message')).filter((entry) => entry['by'] === by)).toEqual([]);
    await goes(rig);
    expect(rig.graph.taken.at(-1)?.body).toMatchObject({
      type: 'text',
      text: { body: 'Desde 2.1 millones' },
    });
    expect((await rig.entries('message')).filter((entry) => entry['by'] === by)).toMatchObject([
      { lead: 'L1', channel: 'whatsapp', verifiable: true },
    ]);
    expect((await rig.thread()).at(-1)).toMatchObject({ direction: 'out', state: 'read', counted: true });
  });

  test.each([
    [24 * HOUR - SECOND, null],
    [24 * HOUR, 'needs-template'],
  ])('%i ms after their last message: %s', async (later, refused) => {
    const rig = await ready();
    const by = await holderOf(rig);
    await hears(rig, text('Hola'));
    await rig.time.advance(later);
    const outcome = await rig.write({ by, text: 'Sigo aquí' });
    expect(outcome.refused?.refused ?? null).toBe(refused);
  });

  test('whose window closes in the five seconds is not sent as text', async () => {
    const rig = await ready();
    const by = await holderOf(rig);
    await hears(rig, text('Hola'));
    await rig.time.advance(24 * HOUR - SECOND);
    const before = rig.graph.asked();
    await rig.write({ by, text: 'Sigo aquí' });
    await goes(rig);
    expect(rig.graph.asked()).toBe(before);
    expect((await rig.thread()).at(-1)).toMatchObject({
      state: 'refused',
      code: 'needs-template',
      counted: false,
    });
  });

  test('outside it a template goes, filled, and the thread shows its words', async () => {
    const rig = await ready();
    const by = await holderOf(rig);
    await rig.write({ by, template: 'follow-up' });
    await goes(rig);
    expect(rig.graph.taken.at(-1)?.body).toMatchObject({
      type: 'template',
      template: { name: 'pauta_client_follow_up', language: { code: 'es_MX' } },
    });
    expect((await rig.thread()).at(-1)?.words).toContain('Hola Persona, le saluda');
  });

  test('within five seconds its writer, and nobody else, takes it back', async () => {
    const rig = await ready();
    const by = await holderOf(rig);
    const other = by === 'ana' ? 'beto' : 'ana';
    await rig.write({ by, template: 'follow-up', message: 'undo-me' });
    const cancel = (who: string) =>
      rig.submit({ fact: 'message.canceled', actor: who, by: who, message: 'undo-me' });
    expect((await cancel(other)).refused?.refused).toBe('no-such-message');
    expect((await cancel(by)).refused).toBeNull();
    const before = rig.graph.asked();
    await goes(rig);
    expect(rig.graph.asked()).toBe(before);
    expect((await rig.thread()).at(-1)).toMatchObject({ state: 'canceled', counted: false });
  });

  test('the same press told twice sends once', async () => {
    const rig = await ready();
    const by = await holderOf(rig);
    await rig.write({ by, template: 'follow-up', message: 'pressed' });
    await rig.write({ by, template: 'follow-up', message: 'pressed' });
    await goes(rig);
    expect(await rig.thread()).toHaveLength(1);
  });

  test('by somebody who does not hold the lead is refused by the gate, and nothing is queued', async () => {
    const rig = await ready();
    const other = (await holderOf(rig)) === 'ana' ? 'beto' : 'ana';
    const { entries } = await rig.write({ by: other, template: 'follow-up' });
    expect(entries.map(({ entry }) => entry)).toEqual(['contact.refused']);
    expect(await rig.thread()).toEqual([]);
  });

  test('who said no meanwhile is not written to: the gate is asked again as it goes', async () => {
    const rig = await ready();
    const by = await holderOf(rig);
    await rig.write({ by, template: 'follow-up' });
    const contact = await rig.database.inOrganization(rig.organization, async (tx) => {
      const found = await sql<{ contact: string }>`
        select contact from leads where organization_id = ${rig.organization} and id = 'L1'`.execute(tx);
      return found.rows[0]?.contact ?? '';
    });
    const said = { scope: 'messages', origin: 'whatsapp', text: 'stop', lead: null, by: null };
    await rig.submit({ fact: 'contact.opted-out', actor: 'whatsapp', contact, ...said });
    const before = rig.graph.asked();
    await goes(rig);
    expect(rig.graph.asked()).toBe(before);
    expect((await rig.thread()).at(-1)).toMatchObject({ state: 'refused', code: 'opted-out' });
  });

  test('131050 is heard as the person’s own no', async () => {
    const rig = await ready();
    const by = await holderOf(rig);
    rig.graph.next({ fault: 'fail-later', code: 131050 });
    await rig.write({ by, template: 'follow-up' });
    await goes(rig);
    expect((await rig.thread()).at(-1)).toMatchObject({ state: 'failed', code: '131050' });
    const { entries } = await rig.write({ by, template: 'follow-up' });
    expect(entries.find(({ entry }) => entry === 'contact.refused')?.fields['why']).toBe('opted-out');
  });

  test('what Meta took and could not deliver counts no longer', async () => {
    const rig = await ready();
    const by = await holderOf(rig);
    rig.graph.next({ fault: 'fail-later', code: 131026 });
    await rig.write({ by, template: 'follow-up' });
    await goes(rig);
    expect((await rig.thread()).at(-1)).toMatchObject({ state: 'failed', code: '131026', counted: false });
    expect(await rig.entries('message.struck')).toMatchObject([{ lead: 'L1', by }]);
  });

  test('outside the agreed hours (contact-center-policy P3) it is refused with the hour from which it may go', async () => {
    const agreed = { agreedHours: { opens: '08:00', closes: '18:00', weekdays: [1, 2, 3, 4, 5] } };
    const rig = await ready({ settings: agreed });
    const by = await holderOf(rig);
    await rig.time.advance(12 * HOUR);
    const { entries } = await rig.write({ by, template: 'follow-up' });
    expect(entries[0]).toMatchObject({ entry: 'contact.refused', fields: { why: 'outside-agreed-hours' } });
  });
});

describe('an e-mail to a client', () => {
  test('goes in the name of who wrote it, unmarked as automatic, each in the thread of the one before', async () => {
    const rig = await ready();
    const by = await holderOf(rig);
    const identity = {
      names: [],
      phones: [],
      emails: [{ value: 'carla@example.com', origin: 'web', raw: 'carla@example.com' }],
      documents: [],
      whatsappIds: [],
    };
    await rig.submit({
      fact: 'lead.registered',
      actor: by,
      lead: 'L9',
      by,
      source: 'walk-in',
      sourceId: null,
      zone: null,
      referredBy: null,
      sentAt: null,
      test: false,
      identity,
      consent: null,
      campaign: {},
      receipt: null,
      asReceived: { name: null, phones: [], emails: [], message: null, fields: {} },
    });
    const before = rig.smtp.received.length;
    await rig.write({ lead: 'L9', by, channel: 'email', subject: 'Su cotización', text: 'Va adjunta' });
    await goes(rig);
    await rig.write({ lead: 'L9', by, channel: 'email', subject: 'Su cotización', text: 'Y el plano' });
    await goes(rig);
    const [first, second] = rig.smtp.received.slice(before).map(({ raw }) => raw);
    expect(first).toContain('Subject: =?UTF-8?');
    expect(first).toMatch(/From: =\?UTF-8\?Q\?(?:Ana|Beto)_Prueba/);
    expect(first).not.toContain('Auto-Submitted');
    const id = /^Message-ID: (<[^>]+>)/im.exec(first ?? '')?.[1];
    expect(id).toBeDefined();
    expect(second).toContain(`In-Reply-To: ${id}`);
  });
});

describe('a file', () => {
  test('is fetched inside its life, kept unaltered, and its hash stands in the journal', async () => {
    const rig = await ready();
    const bytes = Buffer.from('not really a picture, but every byte counts ÿ');
    const id = rig.graph.storeMedia(bytes, 'image/jpeg');
    await hears(rig, { type: 'image', image: { id, mime_type: 'image/jpeg', caption: 'Mi INE' } });
    expect(await rig.fetchFiles()).toBe(1);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await rig.entries('media.kept')).toMatchObject([{ sha256, size: bytes.byteLength }]);
    const stored = await rig.database.inOrganization(rig.organization, async (tx) =>
      sql<{
        bytes: Buffer;
      }>`select bytes from media_bytes where organization_id = ${rig.organization}`.execute(tx),
    );
    expect(stored.rows[0]?.bytes.equals(bytes)).toBe(true);
    expect(await rig.thread()).toMatchObject([{ form: 'media', words: 'Mi INE' }]);
    expect(await rig.fetchFiles()).toBe(0);
  });

  test('that Meta no longer has is named as lost', async () => {
    const rig = await ready();
    await hears(rig, { type: 'document', document: { id: '404404', filename: 'contrato.pdf' } });
    await rig.fetchFiles();
    expect(await rig.entries('media.lost')).toMatchObject([{ why: 'gone' }]);
  });
});

describe('an hour of trouble at Meta', () => {
  test.each([1, 2, 3, 4])(
    'seed %i: repeats, disorder, 429, 5xx and silence: nothing a client wrote is lost or doubled, nothing goes twice',
    async (seed) => {
      const rig = await ready({ seed, email: false });
      const by = await holderOf(rig);
      rig.graph.webhookFaults({ times: 2, batch: 5, shuffle: true });
      await hears(rig, text('Hola'));
      await rig.graph.flush();
      await rig.read();
      rig.graph.chaos({ rateLimited: 0.15, faulty: 0.15, gateway: 0.1, silent: 0.1 });
      const heard = 20;
      const sent = 20;
      let delivery = rig.mail;
      for (let n = 0; n < 120; n += 1) {
        if (n < heard) await rig.graph.inbound({ from: await whatsappOf(rig), message: text(`dice ${n}`) });
        if (n < sent) await rig.write({ by, text: `va ${n}`, message: `torture-${seed}-${n}` });
        // Every so often a process dies where it stands, and another begins.
        if (n % 30 === 29) delivery = rig.delivery(`worker ${n}`);
        if (n === 90) rig.graph.chaos({});
        await rig.round(delivery);
        await rig.time.advance(7 * SECOND);
        if (n % 3 === 0) await rig.read();
      }
      await rig.graph.flush();
      await rig.time.advance(10 * MINUTE);
      await rig.read();
      const rows = await rig.thread();
      const theirs = rows.filter(({ direction, words }) => direction === 'in' && words?.startsWith('dice'));
      expect(theirs).toHaveLength(heard);
      expect(new Set(theirs.map(({ words }) => words))).toEqual(
        new Set(Array.from({ length: heard }, (_, n) => `dice ${n}`)),
      );
      const ours = rows.filter(({ direction }) => direction === 'out');
      expect(ours).toHaveLength(sent);
      const received = rig.graph.taken.flatMap(({ body }) => body.text?.body ?? []);
      expect(new Set(received).size).toBe(received.length);
      for (const { words, state, counted } of ours) {
        const arrived = received.includes(words ?? '');
        // A gateway's page or silence leaves the truth to the webhook; what arrived is known to have, and counts once.
        if (arrived)
          expect([words, state, counted]).toEqual([words, expect.stringMatching(/delivered|read/), true]);
        else expect([words, state, counted]).toEqual([words, 'unknown', false]);
      }
      const counted = (await rig.entries('message')).filter((entry) => entry['by'] === by);
      expect(new Set(counted.map(({ message }) => message)).size).toBe(counted.length);
    },
    60_000,
  );
});

test('the tables are what the journal says, and an erasure takes words and files with it', async () => {
  const rig = await ready();
  const by = await holderOf(rig);
  const id = rig.graph.storeMedia(Buffer.from('foto'), 'image/png');
  await hears(rig, { type: 'image', image: { id, mime_type: 'image/png', caption: 'Mi casa' } });
  await rig.fetchFiles();
  await rig.write({ by, text: 'Gracias, Carla' });
  await goes(rig);
  const differences = async () =>
    (await verifyOrganization(rig.database, features, rig.organization, new Map())).differences;
  expect(await differences()).toEqual([]);
  const contact = String((await rig.rows()).find(({ kind }) => kind === 'conversation')?.recipient);
  const asked = { lead: null, by: 'lola', reason: 'requested', requestedAt: rig.time.now() };
  const { refused } = await rig.submit({ fact: 'contact.erased', actor: 'lola', contact, ...asked });
  expect(refused).toBeNull();
  expect(await differences()).toEqual([]);
  expect((await rig.thread()).map(({ words }) => words)).toEqual([null, null]);
  const files = await rig.database.inOrganization(rig.organization, (tx) =>
    sql`select from media_bytes where organization_id = ${rig.organization}`.execute(tx),
  );
  expect(files.rows).toEqual([]);
});
