import type { HomeCountry } from '../src/contacts/index.ts';
import { fullName, personName, withoutAccents, type PersonName } from './names.ts';
import { chance, pick, whole, type Random } from './random.ts';

/** Somebody who may buy, clean: as we would write it ourselves. */
export interface Prospect {
  readonly name: PersonName;
  /** Ten national digits. */
  readonly phone: string;
  readonly email: string;
}

/** What a source sends of a person, with the dirt of forms and people in a hurry. */
export interface Written {
  readonly name: string;
  readonly phone: string;
  readonly email: string | null;
}

/** Area codes with eight more digits (two-digit areas) or seven (three): all of the right length and assigned. */
const MX_AREAS = ['55', '55', '33', '81', '222', '442', '664', '777', '998', '999'] as const;
const CO_MOBILE_PREFIXES = ['300', '301', '304', '310', '312', '315', '320', '350'] as const;

/** A number of the right shape. Subscriber digits begin with 2 to 8, as assigned ones do. */
export function phoneNumber(random: Random, country: HomeCountry): string {
  const begin = pick(random, country === 'MX' ? MX_AREAS : CO_MOBILE_PREFIXES);
  let digits = `${begin}${whole(random, 2, 8)}`;
  while (digits.length < 10) digits += String(whole(random, 0, 9));
  return digits;
}

export function prospect(random: Random, country: HomeCountry): Prospect {
  const name = personName(random);
  return { name, phone: phoneNumber(random, country), email: emailOf(random, name) };
}

function emailOf(random: Random, { given, surnames }: PersonName): string {
  const first = plain(given.split(' ')[0] ?? given);
  const [one, two] = surnames.map(plain);
  const number = String(whole(random, 1, 9_999));
  const local = pick(random, [
    `${first}.${one ?? ''}${number}`,
    `${first}${one ?? ''}.${two ?? ''}${number}`,
    `${first.slice(0, 1)}${one ?? ''}${two ?? ''}${number}`,
    `${one ?? ''}_${first}${number}`,
  ]);
  return `${local}@example.com`;
}

function plain(text: string): string {
  return withoutAccents(text)
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

/** As a form would send it: upper case, lost accents, old prefixes, blanks, hyphens; one in seven without e-mail. */
export function written(random: Random, person: Prospect, country: HomeCountry): Written {
  return {
    name: dirtyName(random, fullName(person.name)),
    phone: dirtyPhone(random, person.phone, country),
    email: chance(random, 1 / 7) ? null : dirtyEmail(random, person.email),
  };
}

function dirtyName(random: Random, name: string): string {
  const [first = '', ...rest] = name.split(' ');
  return pick(random, [
    name,
    name,
    name,
    withoutAccents(name),
    withoutAccents(name).toLowerCase(),
    name.toUpperCase(),
    `${first} ${rest.at(-2) ?? ''}`,
    ` ${name.replaceAll(' ', '  ')} `,
  ]);
}

function dirtyPhone(random: Random, phone: string, country: HomeCountry): string {
  const spaced = `${phone.slice(0, 3)} ${phone.slice(3, 6)} ${phone.slice(6)}`;
  const code = country === 'MX' ? '52' : '57';
  const ways = [
    phone,
    phone,
    spaced,
    `+${code}${phone}`,
    `+${code} ${spaced}`,
    `${code}${phone}`,
    spaced.replaceAll(' ', '-'),
  ];
  // How mobiles were dialed in Mexico until 2019; address books and forms still hold them.
  const old =
    country === 'MX' ? [`044${phone}`, `045 ${spaced}`, `521${phone}`, `+521${phone}`] : [`03${phone}`];
  return pick(random, [...ways, ...ways, ...old]);
}

function dirtyEmail(random: Random, email: string): string {
  return pick(random, [
    email,
    email,
    email,
    email.toUpperCase(),
    `${email} `,
    email.replace(/^./, (first) => first.toUpperCase()),
  ]);
}

/** The same person by another route: the same e-mail with another phone, or the same phone with another e-mail. */
export function byAnotherRoute(random: Random, person: Prospect, country: HomeCountry): Prospect {
  return chance(random, 0.6)
    ? { ...person, phone: phoneNumber(random, country) }
    : { ...person, email: emailOf(random, person.name) };
}

/** Somebody of the same household: the same phone, another name. Nobody can know without asking whether it is one person. */
export function ofTheSameHousehold(random: Random, person: Prospect): Prospect {
  const name = personName(random);
  return { name, phone: person.phone, email: emailOf(random, name) };
}
