import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { seeded } from '../../tests/traffic.ts';
import { KEY, openRigs, type TestRig } from '../../tests/delivery-rig.ts';
import { mail, PIXEL } from '../../tests/mails.ts';
import { newId } from '../platform/ids.ts';
import { silentLog } from '../platform/log.ts';
import { readPicture } from '../platform/picture.ts';
import { pictureFaults } from '../platform/picture-limits.ts';
import { SECOND } from '../platform/time.ts';
import { mailKey } from './mail-key.ts';
import { settleStored } from './mailbox.jobs.ts';
import { saveMailbox, storeMail } from './mails.store.ts';
import { parseMail } from './parse-mail.adapter.ts';

/** One of the ways in which mails and pictures break on their way. */
function damaged(random: () => number, place: number): Buffer {
  const at = (length: number): number => Math.floor(random() * Math.max(1, length));
  const picture = damagedPicture(random);
  const whole = mail({ id: `<damaged-${place}@example.com>`, picture });
  const kinds: (() => Buffer)[] = [
    () => whole.subarray(0, at(whole.length)),
    () => flipped(whole, random, 1 + at(40)),
    () => Buffer.concat([whole.subarray(0, at(whole.length)), Buffer.from([0, 0xff, 0xfe, 0]), whole]),
    () => Buffer.from(whole.toString('latin1').replaceAll('\r\n', at(2) === 0 ? '\n' : '\r'), 'latin1'),
    () =>
      Buffer.from(
        whole.toString('latin1').replaceAll('frontera', `frontera${place % 2 === 0 ? '' : 'x'}`),
        'latin1',
      ),
    () =>
      Buffer.from(
        whole.toString('latin1').replace('utf-8', ['klingon', 'utf-7', 'utf-16', 'iso-2022-jp'][at(4)] ?? ''),
        'latin1',
      ),
    () =>
      Buffer.from(
        whole
          .toString('latin1')
          .replace('base64', ['quoted-printable', '8bit', 'x-uuencode', ''][at(4)] ?? ''),
        'latin1',
      ),
    () => nested(whole, 1 + at(30)),
    () => Buffer.alloc(at(2_000), at(256)),
    () =>
      Buffer.from(
        `From: ${'<'.repeat(at(500))}\r\nTo: ${','.repeat(at(500))}\r\n\r\n${'\u0000'.repeat(at(50))}`,
      ),
    () => Buffer.concat([Buffer.from(`X-Long: ${'a '.repeat(at(20_000))}\r\n`), whole]),
    () =>
      Buffer.from(
        whole.toString('latin1').replace('captura.png', `${'../'.repeat(at(9))}etc/passwd\u0000.png`),
        'latin1',
      ),
  ];
  return (kinds[place % kinds.length] ?? (() => whole))();
}

function damagedPicture(random: () => number): Buffer {
  const drawn = random();
  if (drawn < 0.3) return PIXEL.subarray(0, Math.floor(random() * PIXEL.length));
  if (drawn < 0.6) return flipped(PIXEL, random, 5);
  return drawn < 0.8 ? Buffer.from('<html>no picture</html>') : PIXEL;
}

function flipped(bytes: Buffer, random: () => number, times: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let n = 0; n < times && copy.length > 0; n += 1)
    copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
  return copy;
}

function nested(raw: Buffer, depth: number): Buffer {
  let inner = raw;
  for (let n = 0; n < depth; n += 1)
    inner = Buffer.concat([
      Buffer.from(
        `From: ana@example.com\r\nMessage-ID: <n${n}-${raw.length}@example.com>\r\nContent-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\nContent-Type: message/rfc822\r\n\r\n`,
      ),
      inner,
      Buffer.from(`\r\n--b${n}--\r\n`),
    ]);
  return inner;
}

describe('a thousand damaged mails', () => {
  let rigs: Awaited<ReturnType<typeof openRigs>>;
  beforeAll(async () => {
    rigs = await openRigs();
  });
  afterAll(() => rigs.close());

  test('each is refused or drafted with a clear line, and none is lost', async () => {
    const rig: TestRig = await rigs.rig({ staffChannel: 'app' });
    const { database, house, organization, time } = rig;
    const settings = {
      host: 'imap.example.com',
      port: 993,
      tls: true,
      user: 'casos',
      password: 'p',
      folder: 'INBOX',
      address: 'casos@example.com',
    };
    await database.inOrganization(organization, (tx) =>
      saveMailbox(tx, organization, KEY, { settings, at: time.now(), by: 'lola' }),
    );
    const random = seeded(7);
    const keys = new Set<string>();
    for (let place = 0; place < 1_000; place += 1) {
      const raw = damaged(random, place);
      const key = mailKey(raw);
      keys.add(key);
      const about = {
        id: newId(),
        key,
        uidValidity: 1,
        uid: place + 1,
        raw,
        size: raw.length,
        at: time.now(),
        fault: null,
      };
      await database.inOrganization(organization, (tx) => storeMail(tx, organization, about));
    }
    const clock = { now: () => time.now() };
    const parts = { database, house, clock, log: silentLog, newId, key: KEY };
    const never = new AbortController().signal;
    for (let round = 0; round < 400; round += 1) {
      if ((await settleStored(parts, organization, never)) === 0) break;
      await time.advance(SECOND);
    }
    const found = await database.inOrganization(organization, (tx) =>
      sql<{ state: string; kind: string | null; fault: string | null; draft: string | null; count: number }>`
        select state, kind, fault, case when draft is null then null else 'yes' end as draft, count(*)::int as count
          from mails where organization_id = ${organization} group by 1, 2, 3, 4`.execute(tx),
    );
    const total = found.rows.reduce((sum, { count }) => sum + count, 0);
    expect(total).toBe(keys.size);
    for (const { state, kind, fault, draft } of found.rows) {
      if (state === 'faulty') expect(['empty', 'not-readable']).toContain(fault);
      else expect([state, kind === 'claim' ? draft !== null : kind !== null]).toEqual(['done', true]);
    }
    // It would prove little if they were all refused, or all taken.
    expect(
      found.rows.filter(({ kind }) => kind === 'claim').reduce((sum, { count }) => sum + count, 0),
    ).toBeGreaterThan(100);
    expect(found.rows.some(({ state }) => state === 'faulty')).toBe(true);
    const drafts = await database.inOrganization(organization, (tx) =>
      sql<{ orphans: number }>`
        select count(*)::int as orphans from mails m left join claim_drafts d on d.organization_id = m.organization_id and d.id = m.draft
         where m.organization_id = ${organization} and m.kind = 'claim' and d.id is null`.execute(tx),
    );
    expect(drafts.rows[0]?.orphans).toBe(0);
  }, 180_000);

  test('a damaged picture is named as such, and never taken for the proof', async () => {
    const random = seeded(11);
    for (let n = 0; n < 1_000; n += 1) {
      const bytes = damagedPicture(random);
      const read = readPicture(bytes);
      if ('fault' in read) expect(pictureFaults).toContain(read.fault);
      if (bytes.length < PIXEL.length && bytes[0] === 0x89) expect(read).toHaveProperty('fault');
    }
    const parsed = await parseMail(mail({ picture: PIXEL.subarray(0, 40) }));
    expect('mail' in parsed ? parsed.mail.files[0]?.image : null).toEqual({ fault: 'cut-short' });
  });
});
