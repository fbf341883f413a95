/** Who is here, for which organization, and what this person may do. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { z } from 'zod';
import { instant } from '../src/platform/time.ts';
import { ask, isSignedOut } from './api.ts';
import { figuresFor, type Figures } from './figures.ts';
import { serverSays } from './server-clock.ts';
import { useLanguage } from './words.ts';

export const ROLES = [
  'advisor',
  'kam',
  'manager',
  'director',
  'direction',
  'administrator',
  'marketing',
  'control',
  'support',
  'system',
] as const;
const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

const sessionSchema = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    /** The person of the floor this user is; some users (system administrators) are none. */
    person: z.string().nullish(),
    role: roleSchema,
    twoFactor: z.boolean(),
  }),
  organization: z.object({
    id: z.string(),
    name: z.string(),
    country: z.enum(['MX', 'CO']),
    zone: z.string(),
    locale: z.enum(['es-MX', 'es-CO']),
  }),
  /** Permission tokens. */
  may: z.array(z.string()),
  /** Until they have a second factor, which their role asks for, they may do nothing else. */
  needs: z.enum(['second-factor']).nullish(),
  now: z.string(),
});
export type Session = z.infer<typeof sessionSchema>;

async function loadSession(): Promise<Session | null> {
  try {
    const session = await ask('/api/session', sessionSchema);
    serverSays(instant(session.now));
    return session;
  } catch (fault) {
    if (isSignedOut(fault)) return null;
    throw fault;
  }
}

/** null: nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: loadSession,
  staleTime: 5 * 60_000,
});

/** Inside the shell somebody is always signed in: routes.tsx sends everybody else to the entrance. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error('no session inside the shell');
  return data;
}

export function useMay(permission: string): boolean {
  return useSession().may.includes(permission);
}

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Numbers and times as this organization writes them. */
export function useFigures(): Figures {
  const { organization } = useSession();
  const language = useLanguage();
  return useMemo(
    () => figuresFor({ figures: organization.locale, language, zone: organization.zone, browserZone }),
    [organization.locale, organization.zone, language],
  );
}
