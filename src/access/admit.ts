import type { FastifyRequest } from 'fastify';

import { refuse, type Callers } from '../platform/http.ts';
import { SECOND } from '../platform/time.ts';
import { authSecret, type AuthParts } from './auth.ts';
import { createKeyPace, KEY_PREFIX } from './keys.ts';
import { callerByKey } from './keys.store.ts';
import { permissionNames, type Permission } from './permissions.ts';
import { sessionToken, signedInBy } from './sessions.store.ts';
import { mayDo, type KeyCaller, type SignedIn, type Who } from './who.ts';

declare module '../platform/http.ts' {
  interface Callers extends Record<Permission, true> {}
}

export interface DoorkeeperParts extends Pick<AuthParts, 'database' | 'secret' | 'sessions' | 'publicUrl'> {
  /** Milliseconds that only go forward, for the pace of keys. */
  readonly monotonic: () => number;
}

export interface Doorkeeper {
  /** The door's question for each request (HttpParts.admit). */
  admit(
    this: void,
    request: FastifyRequest,
    wanted: { may: keyof Callers; scope: string | null },
  ): Promise<void>;
  /** Who is asking, looked up once a request; null: nobody we know. */
  who(this: void, request: FastifyRequest): Promise<Who | null>;
  /** The same, looked up anew without letting the session live on: for a stream that stays open. */
  stillSignedIn(this: void, request: FastifyRequest): Promise<SignedIn | null>;
  /** Who was let in by `admit`. Throws on a route that lets anybody call: it asks `who`. */
  caller(this: void, request: FastifyRequest): Who;
}

/** Asked of the database at every request and never remembered between two: a leaver is out at the next one, on every process. */
export function createDoorkeeper({
  database,
  secret,
  sessions,
  publicUrl,
  monotonic,
}: DoorkeeperParts): Doorkeeper {
  const known = new WeakMap<FastifyRequest, Promise<Who | null>>();
  const admitted = new WeakMap<FastifyRequest, Who>();
  const pace = createKeyPace();
  const cookies = { secret: authSecret(secret), secure: publicUrl.startsWith('https:') };

  const bySession = async (request: FastifyRequest, touch: boolean): Promise<SignedIn | null> => {
    const token = sessionToken(request.headers.cookie, cookies);
    return token === null ? null : signedInBy(database, token, sessions, touch);
  };
  const lookUp = async (request: FastifyRequest): Promise<Who | null> => {
    const key = keyIn(request);
    if (key !== null) return callerByKey(database, key);
    const signedIn = await bySession(request, true);
    request.language = signedIn?.language ?? request.language;
    return signedIn;
  };
  const who = (request: FastifyRequest): Promise<Who | null> => {
    const found = known.get(request) ?? lookUp(request);
    known.set(request, found);
    return found;
  };
  const keepPace = ({ key, requestsAMinute: limit }: KeyCaller): void => {
    const wait = pace.take(key, limit, monotonic());
    if (wait === 0) return;
    const seconds = Math.ceil(wait / SECOND);
    refuse({ refused: 'too-many-requests', retryAfterSeconds: seconds, detail: { limit, seconds } });
  };

  return {
    who,
    stillSignedIn: (request) => bySession(request, false),
    caller: (request) => {
      const caller = admitted.get(request);
      if (caller === undefined)
        throw new Error(`${request.routeOptions.url ?? ''} asks who calls, but lets anybody call`);
      return caller;
    },
    admit: async (request, { may, scope }) => {
      const caller = await who(request);
      if (caller?.kind === 'key') {
        admitKey(caller, may, scope);
        keepPace(caller);
      } else {
        if (caller === null && keyIn(request) !== null) refuse({ refused: 'key-not-valid' });
        if (may === 'key') refuse({ refused: 'key-needed' });
        if (caller === null) return refuse({ refused: 'signed-out' });
        admitUser(caller, may);
      }
      admitted.set(request, caller);
      return undefined;
    },
  };
}

function admitKey({ scopes }: KeyCaller, may: keyof Callers, scope: string | null): void {
  if (scope === null && may !== 'key') refuse({ refused: 'key-not-here' });
  if (scope !== null && !scopes.some((held) => held === scope))
    refuse({ refused: 'key-scope', detail: { scope } });
}

function admitUser(caller: SignedIn, may: keyof Callers): void {
  if (may === 'signed-in') return;
  if (caller.needsSecondFactor) refuse({ refused: 'second-factor-needed' });
  const permission = permissionNames.find((name) => name === may);
  if (permission === undefined || !mayDo(caller, permission)) refuse({ refused: 'not-allowed' });
}

function keyIn(request: FastifyRequest): string | null {
  const given = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return given?.startsWith(KEY_PREFIX) === true ? given : null;
}
