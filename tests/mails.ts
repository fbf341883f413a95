/** Mails as people and machines write them, for the mailbox's tests. */
import { Buffer } from 'node:buffer';

/** A whole picture of one point. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export interface MailGiven {
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly id?: string | null;
  readonly inReplyTo?: string;
  readonly text?: string;
  readonly headers?: readonly string[];
  readonly picture?: Buffer | null;
}

export const WHOLE_REQUEST = `Buen día, solicito la reasignación de este lead.

Nombre: Carla Ruiz
Teléfono: 55 1000 0001
Correo: carla@example.net
Fuente: Facebook
Fecha de la imagen: 01/07/2024
Primer contacto: el lunes por WhatsApp, adjunto captura
`;

let counter = 0;

export function mail(given: MailGiven = {}): Buffer {
  counter += 1;
  const {
    from = 'Ana Prueba <ana@example.com>',
    to = 'casos@example.com',
    subject = 'Solicitud de reasignación',
  } = given;
  const { id = `<mail-${counter}@example.com>`, text = WHOLE_REQUEST, headers = [], picture = PIXEL } = given;
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    'Date: Mon, 01 Jul 2024 10:00:00 -0600',
    ...(id === null ? [] : [`Message-ID: ${id}`]),
    ...(given.inReplyTo === undefined
      ? []
      : [`In-Reply-To: ${given.inReplyTo}`, `References: ${given.inReplyTo}`]),
    ...headers,
    'MIME-Version: 1.0',
  ];
  const body = [
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(text).toString('base64'),
  ];
  if (picture === null) return Buffer.from([...head, ...body].join('\r\n'));
  const parts = [
    'Content-Type: multipart/mixed; boundary="frontera"',
    '',
    '--frontera',
    ...body,
    '--frontera',
    'Content-Type: image/png; name="captura.png"',
    'Content-Disposition: attachment; filename="captura.png"',
    'Content-Transfer-Encoding: base64',
    '',
    picture.toString('base64'),
    '--frontera--',
    '',
  ];
  return Buffer.from([...head, ...parts].join('\r\n'));
}

export function bounceOf(messageId: string, status = '5.1.1'): Buffer {
  return Buffer.from(
    [
      'Return-Path: <>',
      'From: MAILER-DAEMON@example.com',
      'To: avisos@example.com',
      'Subject: Undelivered Mail Returned to Sender',
      'Message-ID: <bounce-1@example.com>',
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="r"',
      '',
      '--r',
      'Content-Type: text/plain',
      '',
      'The mail system could not deliver your message.',
      '--r',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; example.com',
      '',
      'Final-Recipient: rfc822; nadie@example.net',
      'Action: failed',
      `Status: ${status}`,
      '--r',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${messageId}`,
      'Subject: hola',
      '--r--',
      '',
    ].join('\r\n'),
  );
}
