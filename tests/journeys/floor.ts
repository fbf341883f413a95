/**
 * The whole program on a database of its own, with a small sales floor and a clock that can be moved.
 * The floor: Dora (zone director) ─ Gil (manager) ─ Ana, Beto, Caro (advisors, on duty in that order), Mara (marketing),
 * Saúl (direction) and the administrator, at ten in the morning of a working Tuesday.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { noFacts, readEmail, readPhone } from '../../src/contacts/index.ts';
import type { OrganizationSettings, Outcome } from '../../src/decisions/index.ts';
import { startProgram, type Program, type ProgramOptions } from '../../src/main.ts';
import { parseConfig } from '../../src/platform/config.ts';
import { silentLog } from '../../src/platform/log.ts';
import { instant, plus, type Instant } from '../../src/platform/time.ts';
import { BASELINE } from '../../src/staff/index.ts';
import { testDatabase } from '../database.ts';

export const PASSWORD = 'una frase larga y mía';

export const PLACES = {
  MX: { at: '2026-03-03T10:00:00-06:00', zone: 'America/Mexico_City', locale: 'es-MX' },
  CO: { at: '2026-03-03T10:00:00-05:00', zone: 'America/Bogota', locale: 'es-CO' },
} as const;

export interface FloorOptions extends Pick<ProgramOptions, 'dialerOf' | 'outside' | 'log'> {
  readonly country?: 'MX' | 'CO';
  /** When it opens; its clock runs on from there. */
  readonly at?: string;
  readonly settings?: Partial<OrganizationSettings>;
}

/** A fact, with whatever it carries. */
export type Told = { readonly fact: string; readonly [field: string]: unknown };

export interface Floor {
  readonly program: Program;
  readonly organization: string;
  now(): Instant;
  /** The clock jumps ahead; what falls due meanwhile fires as soon as it is seen, a moment later. */
  move(milliseconds: number): void;
  submit(fact: Told): Promise<Outcome>;
  /** A lead from a source, as the intake would submit it. */
  receive(lead: NewLead): Promise<Outcome>;
  stop(): Promise<void>;
}

export interface NewLead {
  readonly lead: string;
  readonly name: string;
  readonly phone?: string;
  readonly email?: string;
  readonly source?: string;
  readonly message?: string;
}

export function emailOf(person: string): string {
  return `${person}@example.com`;
}

export async function openFloor(options: FloorOptions = {}): Promise<Floor> {
  const country = options.country ?? 'MX';
  const place = PLACES[country];
  const stops: (() => Promise<unknown>)[] = [];
  const database = await testDatabase();
  stops.push(() => database.drop());
  const dataDir = await mkdtemp(join(tmpdir(), 'pauta-floor-'));
  stops.push(() => rm(dataDir, { recursive: true, force: true }));
  const parsed = parseConfig(
    { PORT: String(await freePort()), DATABASE_URL: database.url, PAUTA_DATA: dataDir },
    [],
  );
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));

  let ahead = Date.parse(options.at ?? place.at) - Date.now();
  const clock = { now: (): Instant => instant(Date.now() + ahead) };
  const program = await startProgram({
    config: parsed.config,
    clock,
    log: options.log ?? silentLog,
    ...(options.dialerOf === undefined ? {} : { dialerOf: options.dialerOf }),
    ...(options.outside === undefined ? {} : { outside: options.outside }),
  });
  stops.push(() => program.stop());
  const { organization } = await program.openOrganization({
    name: 'Inmobiliaria de Prueba',
    country,
    zone: place.zone,
    locale: place.locale,
    administrator: { name: 'Nora Administradora', email: emailOf('administrator') },
  });
  const submit = (fact: Told): Promise<Outcome> =>
    program.house.submit(organization, { actor: 'administrator', ...fact });
  if (options.settings !== undefined)
    await submit({ fact: 'organization.changed', settings: options.settings });
  await fillFloor(program, organization, clock.now(), submit);
  return {
    program,
    organization,
    now: clock.now,
    move: (milliseconds) => {
      ahead += milliseconds;
    },
    submit,
    receive: (lead) => submit(arrival(lead, country, clock.now())),
    stop: async () => {
      for (const stop of stops.toReversed()) await stop();
    },
  };
}

/** Everybody with a passing grade, documents in order and enough sales last month, on this month's roster. */
async function fillFloor(
  program: Program,
  organization: string,
  now: Instant,
  submit: Floor['submit'],
): Promise<void> {
  const person = {
    fact: 'person.registered',
    zone: null,
    reportsTo: null,
    phone: null,
    extension: null,
    internal: true,
    documents: 'complete',
    grade: 'pass',
    signed: true,
  };
  const staff = [
    { person: 'dora', name: 'Dora Díaz', role: 'director', zone: 'norte' },
    { person: 'gil', name: 'Gil García', role: 'manager', reportsTo: 'dora' },
    { person: 'ana', name: 'Ana Torres', role: 'advisor', reportsTo: 'gil', extension: '101' },
    { person: 'beto', name: 'Beto Ríos', role: 'advisor', reportsTo: 'gil', extension: '102' },
    { person: 'caro', name: 'Caro León', role: 'advisor', reportsTo: 'gil', extension: '103' },
    { person: 'mara', name: 'Mara Ponce', role: 'marketing' },
    { person: 'saul', name: 'Saúl Vera', role: 'direction' },
  ];
  for (const one of staff) await submit({ ...person, email: emailOf(one.person), ...one });
  const advisors = staff.filter(({ role }) => role === 'advisor').map(({ person: id }) => id);
  for (const id of advisors)
    await submit({ fact: 'month.results', person: id, month: BASELINE, sales: 5, leads: 40, closings: 4 });
  const month = now.slice(0, 7);
  await submit({
    fact: 'roster.submitted',
    month,
    zone: 'norte',
    by: 'administrator',
    advisors,
    byAdministrator: true,
  });
  for (const id of advisors) await submit({ fact: 'roster.confirmed', month, by: id });
  for (const { person: id, name } of [...staff, { person: 'administrator', name: 'Nora Administradora' }]) {
    const added = await program.access.addUser({
      organization,
      person: id,
      name,
      email: emailOf(id),
      password: PASSWORD,
    });
    if ('refused' in added) throw new Error(`${id}: ${added.refused}`);
  }
}

function arrival(told: NewLead, country: 'MX' | 'CO', now: Instant): Told {
  const { lead, name, phone, email, source = 'facebook', message = null } = told;
  const read = phone === undefined ? null : readPhone(phone, country);
  const phones =
    read === null || 'refused' in read ? [] : [{ value: read.e164, origin: source, raw: read.raw }];
  const mail = email === undefined ? null : readEmail(email);
  const emails =
    mail === null || 'refused' in mail ? [] : [{ value: mail.folded, origin: source, raw: mail.raw }];
  return {
    fact: 'lead.received',
    actor: source,
    lead,
    source,
    sourceId: null,
    sentAt: plus(now, -1_000),
    test: false,
    zone: null,
    referredBy: null,
    identity: { ...noFacts, names: [{ value: name, origin: source, raw: name }], phones, emails },
    consent: null,
    asReceived: {
      name,
      phones: phone === undefined ? [] : [phone],
      emails: email === undefined ? [] : [email],
      message,
      fields: {},
    },
    campaign: {},
    receipt: null,
  };
}

/** The address must be known before the program starts: it is the origin its pages may post from. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
