import { claimImageKeeper } from '../src/claim-image.ts';
import { features } from '../src/features.ts';
import { handOver } from '../src/mailbox/index.ts';
import { silentLog } from '../src/platform/log.ts';
import { HOUR, MINUTE, plus, type Instant } from '../src/platform/time.ts';
import { localDate } from '../src/calendar/index.ts';
import { fullName } from './names.ts';
import type { ClaimedLead, PastClaimsParts } from './past-claims.ts';
import { screenshot } from './screenshot.ts';

const MAILBOX = 'reasignaciones@example.com';

export interface PastMailsParts extends PastClaimsParts {
  readonly registered: (when: Instant, holder: string) => ClaimedLead;
}

interface PretendMail {
  readonly from: { readonly name: string; readonly email: string };
  readonly subject: string;
  readonly lines: readonly string[];
  readonly picture: Buffer | null;
  readonly headers?: readonly string[];
}

/** Requests that came by mail: a whole one, which became a claim; one that lacks things; one that is not from who it says. */
export function planMails({ registered, ...parts }: PastMailsParts): void {
  const { house, sample, until } = parts;
  const [whole, partial, forged] = [1, 2, 3].map((n) =>
    registered(plus(until, -(4 + n) * 24 * HOUR), `asesor-${n + 2}`),
  );
  if (whole === undefined || partial === undefined || forged === undefined) return;
  const from = (id: string) => {
    const found = sample.staff.find((person) => person.id === id);
    return { name: found?.name ?? id, email: found?.email ?? '' };
  };
  const subject = 'Solicitud de reasignación';
  comes(plus(until, -5 * HOUR), ({ day }) => ({
    from: from('asesor-6'),
    subject,
    lines: [...about(whole), `Fecha de la imagen: ${day}`, 'Primer contacto: en la feria, adjunto captura'],
    picture: shot(whole, day),
  }));
  comes(plus(until, -3 * HOUR), () => ({
    from: from('asesor-8'),
    subject,
    lines: about(partial).filter((line) => !line.startsWith('Fuente')),
    picture: null,
  }));
  comes(plus(until, -50 * MINUTE), ({ day }) => ({
    from: from('asesor-9'),
    subject: `${subject} urgente`,
    lines: [...about(forged), `Fecha de la imagen: ${day}`, 'Primer contacto: por teléfono'],
    picture: shot(forged, day),
    headers: ['Authentication-Results: mx.example.com; spf=fail; dkim=none; dmarc=fail'],
  }));

  function comes(at: Instant, mail: (on: { readonly day: string }) => PretendMail): void {
    house.at(at, async () => {
      const [year = '', month = '', day = ''] = localDate(house.now(), sample.zone).split('-');
      await handOver(
        mailParts(parts),
        parts.organization,
        written(mail({ day: `${day}/${month}/${year}` }), house.newId()),
      );
    });
  }
}

function mailParts({ house, database }: PastClaimsParts) {
  const clock = { now: () => house.now() };
  return {
    database,
    clock,
    log: silentLog,
    newId: () => house.newId(),
    // No channel is set up in the past: there is nothing it could open.
    key: Buffer.alloc(32),
    keepImage: claimImageKeeper({ database, clock }),
    house: {
      features,
      submit: async (_organization: string, fact: Parameters<typeof house.submit>[0]) => {
        const [outcome] = await house.submit(fact);
        if (outcome === undefined) throw new Error('no outcome');
        return outcome;
      },
    },
  };
}

function about({ person }: ClaimedLead): string[] {
  return [
    `Nombre: ${fullName(person.name)}`,
    `Teléfono: ${person.phone}`,
    `Correo: ${person.email}`,
    'Fuente: Feria de vivienda',
  ];
}

function shot({ person }: ClaimedLead, day: string): Buffer {
  return screenshot(['FERIA DE VIVIENDA', `FECHA ${day}`, fullName(person.name), `TEL ${person.phone}`]);
}

function coded(text: string): string {
  return `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}

/** Base64 in lines as mail servers take them. */
function wrapped(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll(/.{76}/g, '$&\r\n');
}

function part(more: readonly string[], bytes: Buffer): string {
  return ['--parte', ...more, 'Content-Transfer-Encoding: base64', '', wrapped(bytes)].join('\r\n');
}

function written({ from, subject, lines, picture, headers = [] }: PretendMail, id: string): Buffer {
  const text = ['Buen día, solicito la reasignación de este lead.', '', ...lines, '', from.name].join('\n');
  const file = 'Content-Disposition: attachment; filename="captura.png"';
  return Buffer.from(
    [
      `From: ${coded(from.name)} <${from.email}>`,
      `To: ${MAILBOX}`,
      `Subject: ${coded(subject)}`,
      `Message-ID: <${id}@example.com>`,
      ...headers,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="parte"',
      '',
      part(['Content-Type: text/plain; charset=utf-8'], Buffer.from(text)),
      ...(picture === null ? [] : [part(['Content-Type: image/png; name="captura.png"', file], picture)]),
      '--parte--',
      '',
    ].join('\r\n'),
  );
}
