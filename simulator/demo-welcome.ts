import type { Role } from '../src/staff/index.ts';
import { passwordFor, type DemoFile } from './demo-file.ts';
import type { DemoTexts } from './demo-texts.ts';
import type { SampleOrganization, SamplePerson } from './sample-organization.ts';

/** What whoever started the demo needs: the address, somebody of each role, a key with a line that uses it, how to stop. */
export function welcome(
  texts: DemoTexts,
  sample: SampleOrganization,
  demo: DemoFile,
  secret: string,
  address: string,
): string {
  const one = [
    ...new Map(sample.staff.toReversed().map((person) => [person.role, person])).values(),
  ].toReversed();
  const row = ({ role, name, email }: SamplePerson): string =>
    `  ${(texts.roles[role] ?? role).padEnd(18)}${email.padEnd(34)}${passwordFor(secret, demo.seed, role)}   ${name}`;
  const advisors = sample.staff.filter(({ role }) => role === 'advisor').slice(1);
  return [
    '',
    texts.ready(sample.name, address),
    texts.anyHour,
    '',
    texts.users,
    ...one.toSorted((a, b) => order(a.role) - order(b.role)).map(row),
    texts.otherAdvisors(advisors.map(({ email }) => email).join('  ')),
    '',
    `${texts.key} ${demo.apiKey}`,
    texts.curl,
    curlLine(sample, demo.apiKey, address),
    texts.again,
    '',
    texts.stop,
    '',
  ].join('\n');
}

const ORDER: readonly Role[] = [
  'administrator',
  'advisor',
  'kam',
  'manager',
  'director',
  'direction',
  'marketing',
  'control',
  'support',
  'system',
];
function order(role: Role): number {
  return ORDER.indexOf(role);
}

function curlLine({ country }: SampleOrganization, key: string, address: string): string {
  const phone = country === 'MX' ? '55 2345 6789' : '300 234 5678';
  const body = {
    source: 'web',
    name: 'Rosa Peña Ibarra',
    phone,
    email: 'rosa.pena@example.com',
    message: '¿Tienen casas con jardín?',
  };
  return `  curl -sS ${address}/api/leads -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
}
