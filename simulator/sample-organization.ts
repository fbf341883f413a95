import type { HomeCountry } from '../src/contacts/index.ts';
import type { Role } from '../src/staff/index.ts';
import { personName, shortName, withoutAccents } from './names.ts';
import { phoneNumber } from './people.ts';
import { seededFor, whole } from './random.ts';

/** An invented real-estate sales company: who works there and where its leads come from. All of it from the seed. */
export interface SampleOrganization {
  readonly name: string;
  readonly country: HomeCountry;
  readonly zone: string;
  readonly locale: string;
  /** The company's own line at the PBX, with calling code. */
  readonly companyLine: string;
  /** In the order in which they joined. */
  readonly staff: readonly SamplePerson[];
  readonly sources: readonly SampleSource[];
}

export interface SamplePerson {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly zone: string | null;
  readonly reportsTo: string | null;
  readonly email: string;
  /** E.164 */
  readonly phone: string;
  readonly extension: string | null;
}

export interface SampleSource {
  readonly key: string;
  readonly kind: 'api' | 'meta' | 'google' | 'web-form' | 'walk-in' | 'pbx';
  readonly name: string;
  /** Weight among arriving leads. */
  readonly weight: number;
}

/** Where the PBX tells of calls. */
export const PBX_SOURCE = 'pbx';

const ABOUT = {
  MX: { name: 'Casa Jacaranda', zone: 'America/Mexico_City', locale: 'es-MX', code: '+52' },
  CO: { name: 'Casa Guayacán', zone: 'America/Bogota', locale: 'es-CO', code: '+57' },
} as const;

export const SALES_ZONE = 'centro';
const ADVISORS = 10;
/** Among them the support shares are split (contact-center-policy P6): a number that leaves remainders. */
const SUPPORT = 3;

const SOURCES: readonly SampleSource[] = [
  { key: 'web', kind: 'api', name: 'Sitio web', weight: 30 },
  { key: 'facebook', kind: 'api', name: 'Facebook e Instagram', weight: 38 },
  { key: 'google', kind: 'api', name: 'Google', weight: 14 },
  { key: 'portal', kind: 'api', name: 'Portal inmobiliario', weight: 12 },
  { key: 'walk-in', kind: 'walk-in', name: 'Visita al desarrollo', weight: 6 },
  { key: PBX_SOURCE, kind: 'pbx', name: 'Conmutador', weight: 0 },
];

export function sampleOrganization(seed: number, country: HomeCountry): SampleOrganization {
  const { name, zone, locale, code } = ABOUT[country];
  const staff: SamplePerson[] = [];
  const emails = new Set<string>();
  const names = new Set<string>();
  const add = (id: string, role: Role, reportsTo: string | null, inZone: boolean): void => {
    const random = seededFor(seed, 'staff', id);
    let called = personName(random);
    while (names.has(called.surnames[0]) || names.has(called.given)) called = personName(random);
    names.add(called.surnames[0]).add(called.given);
    const email = emailFor(shortName(called), emails);
    const phone = `${code}${phoneNumber(random, country)}`;
    const extension = SELLS.has(role) ? String(101 + staff.length) : null;
    const place = inZone ? SALES_ZONE : null;
    staff.push({ id, name: shortName(called), role, zone: place, reportsTo, email, phone, extension });
  };
  add('direccion', 'direction', null, false);
  add('administracion', 'administrator', 'direccion', false);
  add('sistemas', 'system', 'direccion', false);
  add('mercadotecnia', 'marketing', 'direccion', false);
  add('control', 'control', 'direccion', false);
  add('director-centro', 'director', 'direccion', true);
  for (const number of [1, 2]) add(`gerente-${number}`, 'manager', 'director-centro', true);
  for (let number = 1; number <= ADVISORS; number += 1)
    add(`asesor-${number}`, 'advisor', number <= ADVISORS / 2 ? 'gerente-1' : 'gerente-2', true);
  add('kam-1', 'kam', 'director-centro', true);
  for (let number = 1; number <= SUPPORT; number += 1)
    add(`soporte-${number}`, 'support', 'administracion', false);
  const line = `${code}${country === 'MX' ? '55' : '601'}${whole(seededFor(seed, 'line'), 4_000_000, 8_999_999)}`;
  const companyLine = country === 'MX' ? `${line}0` : line;
  return { name, country, zone, locale, companyLine, staff, sources: SOURCES };
}

const SELLS: ReadonlySet<Role> = new Set<Role>(['advisor', 'kam', 'manager']);

function emailFor(name: string, taken: Set<string>): string {
  const local = withoutAccents(name)
    .toLowerCase()
    .replaceAll(/[^a-z ]/g, '')
    .replaceAll(' ', '.');
  let email = `${local}@example.com`;
  for (let again = 2; taken.has(email); again += 1) email = `${local}${again}@example.com`;
  taken.add(email);
  return email;
}

/** Those whom the roster may name, in staff order. */
export function rosterOf({ staff }: SampleOrganization): SamplePerson[] {
  return staff.filter(({ role }) => role === 'advisor' || role === 'kam');
}

export function idOf({ staff }: SampleOrganization, role: Role): string {
  const found = staff.find((person) => person.role === role);
  if (found === undefined) throw new RangeError(`nobody is ${role}`);
  return found.id;
}
