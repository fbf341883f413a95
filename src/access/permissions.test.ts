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
/** By area; a role not named may do nothing of it. */
const TABLES: readonly {
  readonly order: readonly Permission[];
  readonly table: Readonly<Partial<Record<Role, string>>>;
}[] = [
  {
    // leads
    order: [
      'leads.see',
      'leads.call',
      'leads.write',
      'leads.note',
      'leads.grade',
      'leads.follow-up',
      'weekly.send',
      'leads.pass-on',
      'leads.place',
      'leads.register',
      'leads.import',
      'duplicates.settle',
      'leads.edit',
      'contacts.export',
      'contacts.erase',
    ],
    table: {
      advisor: /*         */ 'o o o o o o o o - o - - o - -',
      kam: /*             */ 'o o o o o o o o - o - - o - -',
      manager: /*         */ 't o o t t t - t - t - - t - -',
      director: /*        */ 'z - - z - z - - - - - - z - -',
      direction: /*       */ 'a - - - - - - - - - - - - - -',
      administrator: /*   */ 'a - - a - a - a a a a a a a a',
      marketing: /*       */ 'm - - - - - - - - - a - - - -',
      control: /*         */ 'a - - a - - - - - - - - a - -',
    },
  },
  {
    // claims
    order: ['drafts.settle', 'claims.see', 'claims.request', 'claims.rule', 'claims.hear'],
    table: {
      advisor: /*         */ '- o o - -',
      kam: /*             */ '- o o - -',
      manager: /*         */ '- t o - -',
      director: /*        */ '- z - - z',
      direction: /*       */ '- a - - a',
      administrator: /*   */ 'a a - a a',
      control: /*         */ 'a a - a -',
    },
  },
  {
    // money and conduct
    order: [
      'money.see',
      'sales.correct',
      'sanctions.see',
      'sanctions.report',
      'sanctions.rule',
      'audits.see',
      'audits.record',
      'audits.rule',
    ],
    table: {
      advisor: /*         */ 'o - o - - o - -',
      kam: /*             */ 'o - o - - o - -',
      manager: /*         */ 't - t t - t - -',
      director: /*        */ 'z z z z z z - z',
      direction: /*       */ 'a a a a a a - a',
      administrator: /*   */ 'a a a a a a a -',
      control: /*         */ '- - a a a - - -',
      support: /*         */ 'o - - - - - - -',
    },
  },
  {
    // the floor
    order: [
      'board.see',
      'turn.see',
      'staff.see',
      'roster.see',
      'roster.enter',
      'roster.except',
      'shifts.see',
      'shifts.plan',
      'shifts.decide',
      'shifts.ask',
      'papers.see',
      'papers.manage',
      'papers.ask',
      'signatures.give',
      'people.manage',
      'sources.see',
      'sources.manage',
      'reports.see',
    ],
    table: {
      advisor: /*         */ '- o - a - - o - - o - - - a - - - -',
      kam: /*             */ '- o - a - - o - - o - - - a - - - -',
      manager: /*         */ 't t t a t - t - t o t - - a - - - t',
      director: /*        */ 'z z z a z - z z z - z z - a - - - z',
      direction: /*       */ 'a a a a - a a - a - a - a a - a - a',
      administrator: /*   */ 'a a a a a - a a a - a a a a a a a a',
      marketing: /*       */ '- - - - - - - - - - - - - a - a a a',
      control: /*         */ '- - a a - - - - - - a - - a - - - -',
      agent: /*           */ '- - - - - - - - - - - - - a - - - -',
      supervisor: /*      */ '- - - - - - - - - - - - - a - - - -',
      coordinator: /*     */ '- - - - - - - - - - - - - a - - - -',
      'data-steward': /*  */ '- - - - - - - - - - - - - a - - - -',
      'back-office': /*   */ '- - - - - - - - - - - - - a - - - -',
      support: /*         */ '- - - - - - - - - - - - - a - - - -',
      system: /*          */ '- - a - - - - - - - - - - a a - - -',
    },
  },
  {
    // rules and installation
    order: [
      'procedures.see',
      'procedures.publish',
      'journal.see',
      'settings.manage',
      'keys.manage',
      'health.see',
    ],
    table: {
      advisor: /*         */ 'a - - - - -',
      kam: /*             */ 'a - - - - -',
      manager: /*         */ 'a - t - - -',
      director: /*        */ 'a - z - - -',
      direction: /*       */ 'a a a - - -',
      administrator: /*   */ 'a a a a a a',
      marketing: /*       */ 'a - - - - -',
      control: /*         */ 'a - a - - -',
      agent: /*           */ 'a - - - - -',
      supervisor: /*      */ 'a - - - - -',
      coordinator: /*     */ 'a - - - - -',
      'data-steward': /*  */ 'a - - - - -',
      'back-office': /*   */ 'a - - - - -',
      support: /*         */ 'a - - - - -',
      system: /*          */ 'a - m a a a',
    },
  },
];

describe('what each role may', () => {
  it('every permission is asked for', () => {
    const said = TABLES.flatMap(({ order }) => order);
    expect(said.toSorted()).toEqual(permissionNames.toSorted());
    expect(Object.keys(permissions)).toHaveLength(said.length);
  });

  it.each(roles)('%s', (role) => {
    for (const { order, table } of TABLES) {
      const letters = table[role]?.split(' ') ?? [];
      const expected = order.map((permission, i) => [permission, LETTERS[letters[i] ?? '-'] ?? null]);
      const found = order.map((permission) => [permission, scopeOf([role], permission)]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    }
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
