import type { AnswerLanguage } from '../platform/http.ts';
import { may, permissionsOf, scopeOf, type KeyScope, type Permission, type Scope } from './permissions.ts';
import type { Role } from '../staff/index.ts';

export interface SignedInOrganization {
  readonly id: string;
  readonly name: string;
  readonly country: 'MX' | 'CO';
  readonly zone: string;
  readonly locale: string;
}

/** Somebody of the staff, at a browser. */
export interface SignedIn {
  readonly kind: 'user';
  readonly user: { readonly id: string; readonly email: string; readonly twoFactor: boolean };
  readonly session: string;
  readonly person: { readonly id: string; readonly name: string; readonly zone: string | null };
  readonly role: Role;
  /** The person's role and those given besides. */
  readonly roles: readonly Role[];
  readonly organization: SignedInOrganization;
  /** What they chose; null: what their browser asks for. */
  readonly language: AnswerLanguage | null;
  /** The organization asks a second factor of this role. */
  readonly secondFactorAsked: boolean;
  /** It is asked, and there is none yet: nothing but one's own account opens. */
  readonly needsSecondFactor: boolean;
}

/** A program of the organization's, with an API key. */
export interface KeyCaller {
  readonly kind: 'key';
  readonly key: string;
  readonly name: string;
  readonly organization: { readonly id: string };
  readonly scopes: readonly KeyScope[];
  readonly requestsAMinute: number;
}

export type Who = SignedIn | KeyCaller;

export function mayDo({ roles }: SignedIn, permission: Permission): boolean {
  return may(roles, permission);
}

export function scopeFor({ roles }: SignedIn, permission: Permission): Scope | null {
  return scopeOf(roles, permission);
}

export function allowedTo({ roles }: SignedIn): Permission[] {
  return permissionsOf(roles);
}

/** The name a fact is journaled under. */
export function actorOf(who: Who): string {
  return who.kind === 'user' ? who.person.id : `key:${who.key}`;
}
