import { describe, expect, it } from 'vitest';

import { roles, type Role } from '../staff/index.ts';
import {
  may,
  permissionNames,
  permissions,
  permissionsOf,
  scopeOf,
  type Permission,
  type Scope,
} from './permissions.ts';
import { reachedPeople, seesEvents } from './reach.ts';
import { rolesPage } from './roles-page.ts';

/** Said a second time, role by role, so that a slip in the table is seen: a = all, m = all without personal data, z, t, o. */
const LETTERS: Readonly<Record<string, Scope>> = {
  a: 'all',
  m: 'all-without-personal-data',
  z: 'zone',
  t: 'team',
  o: 'own',
};
const ORDER: readonly Permission[] = [
  'leads.see',
  'leads.call',
  'leads.note',
  'leads.grade',
  'leads.pass-on',
  'leads.place',
  'leads.register',
  'leads.import',
  'duplicates.settle',
  'contacts.export',
  'contacts.erase',
  'board.see',
  'turn.see',
  'staff.see',
  'roster.see',
  'roster.enter',
  'people.manage',
  'sources.see',
  'sources.manage',
  'procedures.see',
  'procedures.publish',
  'journal.see',
  'settings.manage',
  'keys.manage',
  'health.see',
  'leads.follow-up',
  'weekly.send',
];
//                     see call note grade pass place reg imp dup exp era boa turn staff ros enter peo src srm pro pub jou set key hea fup wee
const TABLE: Readonly<Record<Role, string>> = {
  advisor: /*        */ 'o o o o o - o - - - - - o - a - - - - a - - - - - o o',
  kam: /*            */ 'o o o o o - o - - - - - o - a - - - - a - - - - - o o',
  manager: /*        */ 't o t t t - t - - - - t t t a t - - - a - t - - - t -',
  director: /*       */ 'z - z - - - - - - - - z z z a z - - - a - z - - - z -',
  direction: /*      */ 'a - - - - - - - - - - a a a a - - a - a a a - - - - -',
  administrator: /*  */ 'a - a - a a a a a a a a a a a a a a a a a a a a a a -',
  marketing: /*      */ 'm - - - - - - a - - - - - - - - - a a a - - - - - - -',
  control: /*        */ 'a - a - - - - - - - - - - a a - - - - a - a - - - - -',
  agent: /*          */ '- - - - - - - - - - - - - - - - - - - a - - - - - - -',
  supervisor: /*     */ '- - - - - - - - - - - - - - - - - - - a - - - - - - -',
  coordinator: /*    */ '- - - - - - - - - - - - - - - - - - - a - - - - - - -',
  'data-steward': /* */ '- - - - - - - - - - - - - - - - - - - a - - - - - - -',
  'back-office': /*  */ '- - - - - - - - - - - - - - - - - - - a - - - - - - -',
  support: /*        */ '- - - - - - - - - - - - - - - - - - - a - - - - - - -',
  client: /*         */ '- - - - - - - - - - - - - - - - - - - - - - - - - - -',
  system: /*         */ '- - - - - - - - - - - - - a - - a - - a - m a a a - -',
};

describe('what each role may', () => {
  it('every permission is asked for', () => {
    expect(ORDER.toSorted()).toEqual(permissionNames.toSorted());
    expect(Object.keys(permissions)).toHaveLength(ORDER.length);
  });

  it.each(roles)('%s', (role) => {
    const expected = TABLE[role].split(' ').map((letter) => LETTERS[letter] ?? null);
    const found = ORDER.map((permission) => scopeOf([role], permission));
    expect(Object.fromEntries(ORDER.map((p, i) => [p, found[i]]))).toEqual(
      Object.fromEntries(ORDER.map((p, i) => [p, expected[i]])),
    );
    expect(permissionsOf([role])).toEqual(permissionNames.filter((p) => may([role], p)));
  });

  it('two roles together reach as far as the wider', () => {
    expect(scopeOf(['administrator', 'system'], 'journal.see')).toBe('all');
    expect(scopeOf(['marketing', 'advisor'], 'leads.see')).toBe('all-without-personal-data');
    expect(scopeOf(['advisor', 'manager'], 'leads.see')).toBe('team');
  });

  it('the page for people says the same (docs/roles.md)', async () => {
    await expect(rolesPage()).toMatchFileSnapshot('../../docs/roles.md');
  });
});

const STAFF = [
  { id: 'dora', reportsTo: null, zone: 'norte' },
  { id: 'mario', reportsTo: 'dora', zone: null },
  { id: 'ana', reportsTo: 'mario', zone: null },
  { id: 'beto', reportsTo: 'mario', zone: 'sur' },
  { id: 'silvia', reportsTo: null, zone: 'sur' },
  { id: 'carla', reportsTo: 'silvia', zone: null },
  { id: 'ring1', reportsTo: 'ring2', zone: null },
  { id: 'ring2', reportsTo: 'ring1', zone: null },
];

describe('whose work is reached', () => {
  const cases: { name: string; scope: Scope | null; me: string; reached: string[] }[] = [
    { name: 'nobody’s', scope: null, me: 'ana', reached: [] },
    { name: 'one’s own', scope: 'own', me: 'ana', reached: ['ana'] },
    { name: 'a manager’s team', scope: 'team', me: 'mario', reached: ['ana', 'beto', 'mario'] },
    {
      name: 'a director’s line, at any depth',
      scope: 'team',
      me: 'dora',
      reached: ['ana', 'beto', 'dora', 'mario'],
    },
    {
      name: 'a zone, and who reports from another',
      scope: 'zone',
      me: 'dora',
      reached: ['ana', 'beto', 'dora', 'mario'],
    },
    {
      name: 'a zone, also of who reports elsewhere',
      scope: 'zone',
      me: 'silvia',
      reached: ['beto', 'carla', 'silvia'],
    },
    { name: 'a ring of reports', scope: 'team', me: 'ring1', reached: ['ring1', 'ring2'] },
    { name: 'a zone of who has none', scope: 'zone', me: 'ring1', reached: ['ring1', 'ring2'] },
  ];
  it.each(cases)('$name', ({ scope, me, reached }) => {
    const found = reachedPeople(scope, me, STAFF);
    expect(found === 'all' ? 'all' : [...found].toSorted()).toEqual(reached);
  });
});

describe('live events', () => {
  const cases = [
    {
      name: 'an advisor of their own lead',
      role: 'advisor',
      me: 'ana',
      event: { topic: 'leads', person: 'ana' },
      sees: true,
    },
    {
      name: 'an advisor of another’s',
      role: 'advisor',
      me: 'ana',
      event: { topic: 'leads', person: 'beto' },
      sees: false,
    },
    {
      name: 'a manager of the team’s',
      role: 'manager',
      me: 'mario',
      event: { topic: 'leads', person: 'ana' },
      sees: true,
    },
    {
      name: 'a manager of others’',
      role: 'manager',
      me: 'mario',
      event: { topic: 'leads', person: 'carla' },
      sees: false,
    },
    {
      name: 'an advisor of nobody’s lead',
      role: 'advisor',
      me: 'ana',
      event: { topic: 'leads' },
      sees: true,
    },
    {
      name: 'an agent of leads',
      role: 'agent',
      me: 'ana',
      event: { topic: 'leads', person: 'ana' },
      sees: false,
    },
    {
      name: 'a notice to oneself',
      role: 'agent',
      me: 'ana',
      event: { topic: 'notices', person: 'ana' },
      sees: true,
    },
    {
      name: 'a notice to another',
      role: 'administrator',
      me: 'ana',
      event: { topic: 'notices', person: 'beto' },
      sees: false,
    },
    { name: 'the procedures', role: 'agent', me: 'ana', event: { topic: 'procedures' }, sees: true },
  ] as const;
  it.each(cases)('$name: $sees', ({ role, me, event, sees }) => {
    expect(seesEvents([role], me, STAFF)(event)).toBe(sees);
  });
});
