import type { Role } from '../staff/index.ts';

/**
 * How far a permission reaches. own: what the person holds. team: also those who report to them, at any depth.
 * zone: everyone of their zone. all: the organization; without personal data: names, phones and e-mails masked.
 */
export const scopes = ['own', 'team', 'zone', 'all-without-personal-data', 'all'] as const;
export type Scope = (typeof scopes)[number];

type Reach = Readonly<Partial<Record<Role, Scope>>>;

const everyone: Reach = {
  advisor: 'all',
  kam: 'all',
  manager: 'all',
  director: 'all',
  direction: 'all',
  administrator: 'all',
  marketing: 'all',
  control: 'all',
  agent: 'all',
  supervisor: 'all',
  coordinator: 'all',
  'data-steward': 'all',
  'back-office': 'all',
  support: 'all',
  system: 'all',
};

/** What each role may see and do; who is not named may not. The page docs/roles.md is made from this table. */
export const permissions = {
  // Leads (contact-center-policy, lead-assignment): the holder works them, the line above looks and helps.
  'leads.see': {
    advisor: 'own',
    kam: 'own',
    manager: 'team',
    director: 'zone',
    direction: 'all',
    administrator: 'all',
    marketing: 'all-without-personal-data',
    control: 'all',
  },
  'leads.call': { advisor: 'own', kam: 'own', manager: 'own' },
  'drafts.settle': { control: 'all', administrator: 'all' },
  'leads.write': { advisor: 'own', kam: 'own', manager: 'own' },
  'leads.note': {
    advisor: 'own',
    kam: 'own',
    manager: 'team',
    director: 'zone',
    administrator: 'all',
    control: 'all',
  },
  'leads.grade': { advisor: 'own', kam: 'own', manager: 'team' },
  'leads.follow-up': { advisor: 'own', kam: 'own', manager: 'team', director: 'zone', administrator: 'all' },
  'weekly.send': { advisor: 'own', kam: 'own' },
  'leads.pass-on': { advisor: 'own', kam: 'own', manager: 'team', administrator: 'all' },
  'leads.place': { administrator: 'all' },
  'leads.register': { advisor: 'own', kam: 'own', manager: 'team', administrator: 'all' },
  'leads.import': { administrator: 'all', marketing: 'all' },
  'duplicates.settle': { administrator: 'all' },
  'leads.edit': {
    advisor: 'own',
    kam: 'own',
    manager: 'team',
    director: 'zone',
    administrator: 'all',
    control: 'all',
  },

  // Claims (lead-reassignment): who asks, who rules, who hears an appeal
  'claims.see': {
    advisor: 'own',
    kam: 'own',
    manager: 'team',
    director: 'zone',
    direction: 'all',
    administrator: 'all',
    control: 'all',
  },
  'claims.request': { advisor: 'own', kam: 'own', manager: 'own' },
  'claims.rule': { administrator: 'all', control: 'all' },
  'claims.hear': { director: 'zone', direction: 'all', administrator: 'all' },
  'contacts.export': { administrator: 'all' },
  'contacts.erase': { administrator: 'all' },

  // The floor
  'board.see': { manager: 'team', director: 'zone', direction: 'all', administrator: 'all' },
  'turn.see': {
    advisor: 'own',
    kam: 'own',
    manager: 'team',
    director: 'zone',
    direction: 'all',
    administrator: 'all',
  },
  'staff.see': {
    manager: 'team',
    director: 'zone',
    direction: 'all',
    administrator: 'all',
    control: 'all',
    system: 'all',
  },
  'roster.see': {
    advisor: 'all',
    kam: 'all',
    manager: 'all',
    director: 'all',
    direction: 'all',
    administrator: 'all',
    control: 'all',
  },
  'roster.enter': { manager: 'team', director: 'zone', administrator: 'all' },
  'roster.except': { direction: 'all' },
  // Guards, absences and exchanges: each sees the month's calendar and their own; who answers for them plans and approves.
  'shifts.see': {
    advisor: 'own',
    kam: 'own',
    manager: 'team',
    director: 'zone',
    direction: 'all',
    administrator: 'all',
  },
  'shifts.plan': { director: 'zone', administrator: 'all' },
  'shifts.decide': { manager: 'team', director: 'zone', direction: 'all', administrator: 'all' },
  'shifts.ask': { advisor: 'own', kam: 'own', manager: 'own' },
  // People's files: papers, exams, signatures
  'papers.see': { manager: 'team', director: 'zone', direction: 'all', administrator: 'all', control: 'all' },
  'papers.manage': { director: 'zone', administrator: 'all' },
  'papers.ask': { administrator: 'all', direction: 'all' },
  'signatures.give': everyone,
  'people.manage': { administrator: 'all', system: 'all' },
  'sources.see': { marketing: 'all', administrator: 'all', direction: 'all' },
  'sources.manage': { marketing: 'all', administrator: 'all' },

  /** Figures by advisor, manager, zone and source; no name of a prospect. */
  'reports.see': {
    manager: 'team',
    director: 'zone',
    direction: 'all',
    administrator: 'all',
    marketing: 'all',
  },

  // The written rules, and what was decided by them
  'procedures.see': everyone,
  'procedures.publish': { direction: 'all', administrator: 'all' },
  'journal.see': {
    manager: 'team',
    director: 'zone',
    direction: 'all',
    administrator: 'all',
    control: 'all',
    system: 'all-without-personal-data',
  },

  // Money and conduct (lead-assignment P11, P12, P15; contact-center-policy P6)
  'money.see': {
    advisor: 'own',
    kam: 'own',
    support: 'own',
    manager: 'team',
    director: 'zone',
    direction: 'all',
    administrator: 'all',
  },
  'sales.correct': { director: 'zone', direction: 'all', administrator: 'all' },
  'sanctions.see': {
    advisor: 'own',
    kam: 'own',
    manager: 'team',
    director: 'zone',
    direction: 'all',
    administrator: 'all',
    control: 'all',
  },
  'sanctions.report': {
    manager: 'team',
    director: 'zone',
    direction: 'all',
    administrator: 'all',
    control: 'all',
  },
  'sanctions.rule': { director: 'zone', direction: 'all', administrator: 'all', control: 'all' },
  'audits.see': {
    advisor: 'own',
    kam: 'own',
    manager: 'team',
    director: 'zone',
    direction: 'all',
    administrator: 'all',
  },
  'audits.record': { administrator: 'all' },
  'audits.rule': { director: 'zone', direction: 'all' },

  // The installation
  'settings.manage': { administrator: 'all', system: 'all' },
  'keys.manage': { administrator: 'all', system: 'all' },
  'health.see': { administrator: 'all', system: 'all' },
} as const satisfies Readonly<Record<string, Reach>>;

export type Permission = keyof typeof permissions;
export const permissionNames = Object.keys(permissions) as Permission[];

/** How far these roles carry the permission; the widest of them. Null: not at all. */
export function scopeOf(roles: readonly Role[], permission: Permission): Scope | null {
  const reach: Reach = permissions[permission];
  let widest = -1;
  for (const role of roles) {
    const scope = reach[role];
    if (scope !== undefined) widest = Math.max(widest, scopes.indexOf(scope));
  }
  return scopes[widest] ?? null;
}

export function may(roles: readonly Role[], permission: Permission): boolean {
  return scopeOf(roles, permission) !== null;
}

export function permissionsOf(roles: readonly Role[]): Permission[] {
  return permissionNames.filter((permission) => may(roles, permission));
}

/** What a program with an API key may be let do. */
export const keyScopes = [
  'leads.write',
  'leads.read',
  'calls.write',
  'contacts.write',
  'reports.read',
] as const;
export type KeyScope = (typeof keyScopes)[number];
