import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { KEY, openRigs, type TestRig } from '../../tests/delivery-rig.ts';
import { provideDovecot, startDovecot, type MailServer } from '../../tests/dovecot.ts';
import { bounceOf, mail, PIXEL } from '../../tests/mails.ts';
import { claimImageKeeper } from '../claim-image.ts';
import { newId } from '../platform/ids.ts';
import { silentLog } from '../platform/log.ts';
import { MINUTE, SECOND } from '../platform/time.ts';
import { openMailbox } from './imap.adapter.ts';
import { createMailboxReader, type MailboxReader } from './mailbox.jobs.ts';
import { saveMailbox } from './mails.store.ts';

const provided = await provideDovecot();
if ('missing' in provided) console.log(`Not had here: ${provided.missing}`);
const installed = 'installed' in provided ? provided.installed : null;

/** A lead of Beto's: what Ana asks for. */
async function held(rig: TestRig): Promise<void> {
  const email = { value: 'carla@example.net', origin: 'web', raw: 'carla@example.net' };
  const phone = { value: '+525510000001', origin: 'web', raw: '55 1000 0001' };
  await rig.submit({
    fact: 'lead.registered',
    actor: 'beto',
    lead: 'carla',
    by: 'beto',
    source: 'walk-in',
    sourceId: null,
    zone: null,
    referredBy: null,
    sentAt: null,
    test: false,
    identity: { names: [], phones: [phone], emails: [email], documents: [], whatsappIds: [] },
    consent: null,
    campaign: {},
    receipt: null,
    asReceived: { name: null, phones: [], emails: [], message: null, fields: {} },
  });
}

describe.runIf(installed !== null)('the designated mailbox, on a real IMAP server', () => {
  let rigs: Awaited<ReturnType<typeof openRigs>>;
  let server: MailServer;
  const readers: MailboxReader[] = [];
  beforeAll(async () => {
    rigs = await openRigs();
    if (installed === null) throw new Error('no Dovecot');
    server = await startDovecot(installed);
  }, 60_000);
  afterEach(async () => {
    for (const reader of readers.splice(0)) await reader.close();
  });
  afterAll(async () => {
    await server.close();
    await rigs.close();
  });

  interface Opened extends TestRig {
    readonly user: string;
    readonly reader: MailboxReader;
    /** Rounds until nothing is left to do. */
    read(): Promise<void>;
    mails(): Promise<{ kind: string | null; state: string; fault: string | null; draft: string | null }[]>;
    drafts(): Promise<
      { id: string; state: string; missing: string[]; lead: string | null; held: string | null }[]
    >;
    another(): MailboxReader;
  }

  async function open(): Promise<Opened> {
    const rig = await rigs.rig({ staffChannel: 'app' });
    const user = `casos-${crypto.randomUUID().slice(0, 8)}`;
    await rig.database.inOrganization(rig.organization, (tx) =>
      saveMailbox(tx, rig.organization, KEY, {
        at: rig.time.now(),
        by: 'lola',
        settings: {
          host: server.host,
          port: server.port,
          tls: false,
          user,
          password: server.password,
          folder: 'INBOX',
          address: 'casos@example.com',
        },
      }),
    );
    const another = (): MailboxReader => {
      const reader = createMailboxReader({
        database: rig.database,
        house: rig.house,
        clock: { now: () => rig.time.now() },
        log: silentLog,
        newId,
        key: KEY,
        keepImage: claimImageKeeper({ database: rig.database, clock: { now: () => rig.time.now() } }),
        worker: newId(),
        open: openMailbox,
      });
      readers.push(reader);
      return reader;
    };
    const reader = another();
    const rows = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
      rig.database.inOrganization(rig.organization, async (tx) => (await query.execute(tx)).rows);
    return {
      ...rig,
      user,
      reader,
      another,
      read: async () => {
        for (let round = 0; round < 20; round += 1) {
          if ((await reader.run(new AbortController().signal)) === 0) return;
          await rig.time.advance(11 * SECOND);
        }
      },
      mails: () =>
        rows(
          sql<{ kind: string | null; state: string; fault: string | null; draft: string | null }>`
            select kind, state, fault, draft from mails where organization_id = ${rig.organization} order by uid`,
        ),
      drafts: () =>
        rows(
          sql<{ id: string; state: string; missing: string[]; lead: string | null; held: string | null }>`
            select id, state, missing, lead, held from claim_drafts where organization_id = ${rig.organization} order by opened_at, id`,
        ),
    };
  }

  test('a whole request becomes a claim about the lead that is meant, once, with its picture unaltered', async () => {
    const rig = await open();
    await held(rig);
    await server.deliver(rig.user, mail());
    await rig.read();
    expect(await rig.drafts()).toMatchObject([{ state: 'submitted', missing: [], lead: 'carla' }]);
    expect(await rig.entries('claim.requested')).toMatchObject([
      {
        lead: 'carla',
        by: 'ana',
        sourceImageDatedOn: '2024-07-01',
        sourceImageSha256: createHash('sha256').update(PIXEL).digest('hex'),
        firstContactShown: true,
      },
    ]);
    const sha256 = createHash('sha256').update(PIXEL).digest('hex');
    const files = await rig.database.inOrganization(rig.organization, (tx) =>
      sql<{ sha256: string; bytes: Buffer }>`
        select sha256, bytes from media_bytes where organization_id = ${rig.organization}`.execute(tx),
    );
    expect(files.rows.map((file) => [file.sha256, file.bytes.equals(PIXEL)])).toEqual([[sha256, true]]);
    expect(await rig.entries('draft.completed')).toHaveLength(1);
  });

  test('read again by another process, or from the beginning, each mail is taken once', async () => {
    const rig = await open();
    for (let n = 0; n < 25; n += 1) await server.deliver(rig.user, mail({ subject: `Solicitud ${n}` }));
    await rig.read();
    expect(await rig.mails()).toHaveLength(25);
    await rig.reader.close();
    await rig.another().run(new AbortController().signal);
    await server.countAnew(rig.user);
    const again = rig.another();
    await rig.time.advance(5 * MINUTE);
    for (let n = 0; n < 4; n += 1) await again.run(new AbortController().signal);
    expect(await rig.mails()).toHaveLength(25);
    expect(await rig.entries('mail.received')).toHaveLength(25);
  }, 60_000);

  test('the same mail delivered twice is one; without an id, its bytes say so', async () => {
    const rig = await open();
    const twice = mail({ id: '<again@example.com>' });
    const nameless = mail({ id: null });
    for (const raw of [twice, twice, nameless, nameless]) await server.deliver(rig.user, raw);
    await rig.read();
    expect(await rig.mails()).toHaveLength(2);
  });

  test('what is missing is asked back in the same thread, and what is answered completes it', async () => {
    const rig = await open();
    await held(rig);
    const delivery = rig.delivery();
    await rig.round(delivery);
    await server.deliver(
      rig.user,
      mail({
        id: '<first@example.com>',
        text: 'Nombre: Carla Ruiz\nCorreo: carla@example.net',
        picture: null,
      }),
    );
    await rig.read();
    expect(await rig.drafts()).toMatchObject([
      { state: 'open', lead: 'carla', missing: ['phone', 'source', 'sourceImage', 'firstContact'] },
    ]);
    const before = rig.smtp.received.length;
    await rig.round(delivery);
    const [asked] = rig.smtp.received.slice(before).map(({ raw }) => raw);
    expect(asked).toContain('In-Reply-To: <first@example.com>');
    expect(asked).toMatch(/^Reply-To: .*casos@example.com/m);
    const id = /^Message-ID: (<[^>]+>)/m.exec(asked ?? '')?.[1] ?? '';
    await server.deliver(
      rig.user,
      mail({
        inReplyTo: id,
        subject: 'Re: Solicitud',
        text: `Tel: 55 1000 0001\nFuente: Facebook\nFecha de la imagen: 1 de julio de 2024\nPrimer contacto: el lunes\n\nEl lun 1 jul 2024 a las 10:01, Pauta escribió:\n> Nombre: Otra Persona`,
      }),
    );
    await rig.read();
    expect((await rig.drafts()).map(({ missing }) => missing)).toEqual([[]]);
  });

  test('a reader that drops the references is known by the tag in the subject', async () => {
    const rig = await open();
    const delivery = rig.delivery();
    await rig.round(delivery);
    await server.deliver(rig.user, mail({ text: 'Nombre: Carla Ruiz', picture: null }));
    await rig.read();
    const before = rig.smtp.received.length;
    await rig.round(delivery);
    const answered = await simpleParser(rig.smtp.received.slice(before)[0]?.raw ?? '');
    const tag = /\[SR-[0-9a-z]+\]/.exec(answered.subject ?? '')?.[0] ?? 'none';
    await server.deliver(rig.user, mail({ subject: `RE: ${tag}`, text: 'Fuente: Facebook', picture: null }));
    await rig.read();
    expect(await rig.mails()).toHaveLength(2);
    const [draft, ...others] = await rig.drafts();
    expect(others).toEqual([]);
    expect(draft?.missing).not.toContain('source');
  });

  test('machines are recognized and never answered', async () => {
    const rig = await open();
    const delivery = rig.delivery();
    await rig.round(delivery);
    const before = rig.smtp.received.length;
    const machines = [
      mail({ headers: ['Auto-Submitted: auto-replied'] }),
      mail({ subject: 'Respuesta automática: fuera de la oficina' }),
      mail({ from: 'Pauta <avisos@example.com>' }),
      mail({ from: 'Boletín <news@example.net>', headers: ['Precedence: bulk', 'List-Id: <x.example.net>'] }),
      bounceOf('<nobody@example.com>'),
    ];
    for (const raw of machines) await server.deliver(rig.user, raw);
    await rig.read();
    expect((await rig.mails()).map(({ kind }) => kind)).toEqual([
      'automatic',
      'automatic',
      'own',
      'automatic',
      'bounce',
    ]);
    expect(await rig.drafts()).toEqual([]);
    await rig.round(delivery);
    expect(rig.smtp.received.length).toBe(before);
  });

  test('a message that comes back for good is known not to have arrived', async () => {
    const rig = await open();
    await held(rig);
    const delivery = rig.delivery();
    const asked = {
      by: 'beto',
      lead: 'carla',
      channel: 'email',
      subject: 'Hola',
      text: 'Buen día',
      template: null,
    };
    await rig.submit({ fact: 'message.written', actor: 'beto', message: 'bounced', ...asked });
    await rig.time.advance(6 * SECOND);
    await rig.round(delivery);
    const id = /^Message-ID: (<[^>]+>)/m.exec(rig.smtp.received.at(-1)?.raw ?? '')?.[1] ?? '';
    await server.deliver(rig.user, bounceOf(id));
    await rig.read();
    expect((await rig.rows()).find((row) => row.id === 'bounced')).toMatchObject({
      state: 'failed',
      code: '5.1.1',
    });
    expect(await rig.entries('message.struck')).toMatchObject([{ message: 'bounced' }]);
  });

  test('a client who answers is heard in the conversation; a stranger is left for somebody to look at', async () => {
    const rig = await open();
    await held(rig);
    const text = 'Sí me interesa\n\nEl lun 1 jul 2024 a las 9:00, Beto escribió:\n> ¿Le interesa?';
    await server.deliver(rig.user, mail({ from: 'carla@example.net', subject: 'Re: Hola', text }));
    await server.deliver(rig.user, mail({ from: 'nadie@example.org', subject: 'Hola' }));
    await rig.read();
    expect((await rig.mails()).map(({ kind }) => kind)).toEqual(['client', 'unknown']);
    const written = await rig.database.inOrganization(rig.organization, (tx) =>
      sql<{ words: string; channel: string }>`
        select words, channel from thread_messages where organization_id = ${rig.organization}`.execute(tx),
    );
    expect(written.rows).toEqual([{ words: 'Sí me interesa', channel: 'email' }]);
  });

  test('what its own server calls forged becomes no claim by itself, and is not answered', async () => {
    const rig = await open();
    await held(rig);
    await server.deliver(rig.user, mail({ headers: ['Authentication-Results: mx.example.com; dmarc=fail'] }));
    await rig.read();
    expect(await rig.drafts()).toMatchObject([{ state: 'open', held: 'unproven' }]);
    expect((await rig.entries('told')).filter(({ about }) => about === 'draft.missing')).toEqual([]);
  });

  test('a server that goes away and comes back loses nothing; a wrong password is said as such', async () => {
    const rig = await open();
    await server.deliver(rig.user, mail());
    await rig.read();
    await server.stop();
    await rig.reader.run(new AbortController().signal);
    const state = async () =>
      rig.database.inOrganization(rig.organization, async (tx) => {
        const found = await sql<{ state: string; reason: string | null }>`
          select state, reason from mailboxes where organization_id = ${rig.organization}`.execute(tx);
        return found.rows[0];
      });
    await rig.reader.run(new AbortController().signal);
    expect(await state()).toEqual({ state: 'failing', reason: 'unreachable' });
    await server.start();
    await server.deliver(rig.user, mail());
    await rig.read();
    expect(await state()).toEqual({ state: 'ok', reason: null });
    expect(await rig.mails()).toHaveLength(2);
    const opened = await openMailbox(
      {
        host: server.host,
        port: server.port,
        tls: false,
        user: rig.user,
        password: 'otra',
        folder: 'INBOX',
        address: 'a@b.co',
      },
      () => undefined,
    );
    expect(opened).toEqual({ fault: 'sign-in' });
  }, 60_000);

  test('new mail is told of at once', async () => {
    const rig = await open();
    const hint = Promise.withResolvers<void>();
    const reader = createMailboxReader(
      {
        database: rig.database,
        house: rig.house,
        clock: { now: () => rig.time.now() },
        log: silentLog,
        newId,
        key: KEY,
        worker: newId(),
        open: openMailbox,
      },
      () => hint.resolve(),
    );
    readers.push(reader);
    await reader.run(new AbortController().signal);
    await server.deliver(rig.user, mail());
    await hint.promise;
  });
});
