import type { Fact, House } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { HOUR, MINUTE, plus, SECOND, type Clock } from '../platform/time.ts';
import { isOf } from './channels.ts';
import { readChannels } from './channels.store.ts';
import { postponeWanted, storeBytes, takeWanted, type FetchTaken } from './threads.store.ts';
import { fetchMedia, type MediaWorld } from './whatsapp-media.adapter.ts';

const FILES_A_ROUND_MAX = 10;
/** A worker that died with a file in hand is followed by another after this long. */
const LEASE_MILLISECONDS = 2 * MINUTE;
const FIRST_PAUSE_MILLISECONDS = 5 * SECOND;
const PAUSE_MILLISECONDS_MAX = HOUR;
/** The same bytes with another hash than told, this often: they are not what was sent. */
const ALTERED_TRIES_MAX = 3;

export interface MediaParts {
  readonly database: Database;
  readonly house: Pick<House, 'submit'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly key: Buffer;
  readonly whatsappBase: string;
  readonly world: MediaWorld;
}

/** One round over files still to be fetched; each is had within its seven days or named as lost, with why. */
export async function fetchWanted(parts: MediaParts, signal: AbortSignal): Promise<number> {
  const { database, clock } = parts;
  const now = clock.now();
  const taken = await database.acrossOrganizations((tx) =>
    takeWanted(tx, { now, again: plus(now, LEASE_MILLISECONDS) }, FILES_A_ROUND_MAX),
  );
  for (const one of taken) {
    if (signal.aborted) break;
    await fetchOne(parts, one);
  }
  return taken.length;
}

async function fetchOne(parts: MediaParts, one: FetchTaken): Promise<void> {
  const { database, house, clock, log, whatsappBase } = parts;
  const { organization, media, tries } = one;
  const channels = await database.inOrganization(organization, (tx) =>
    readChannels(tx, organization, parts.key),
  );
  const channel = channels.find((each) => isOf(each, 'whatsapp'));
  const came =
    channel === undefined
      ? ({ retry: 'channel-not-set-up' } as const)
      : await fetchMedia({ base: whatsappBase, ...channel.settings }, one, parts.world);
  if ('fetched' in came) {
    const { bytes, sha256, mime } = came.fetched;
    await database.inOrganization(organization, (tx) =>
      storeBytes(tx, organization, { media, sha256, mime, bytes }),
    );
    const kept = { fact: 'media.kept', actor: 'whatsapp', media, sha256, size: bytes.byteLength, mime };
    await house.submit(organization, kept satisfies Fact);
    return;
  }
  const lost = 'lost' in came ? came.lost : whyGivenUp(came.retry, one, clock.now());
  if (lost !== null) {
    log.warn('media-lost', { organization, media, why: lost });
    const told = { fact: 'media.lost', actor: 'whatsapp', media, why: lost };
    await house.submit(organization, told satisfies Fact);
    return;
  }
  const pause = Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** Math.min(tries, 20), PAUSE_MILLISECONDS_MAX);
  await database.inOrganization(organization, (tx) =>
    postponeWanted(tx, organization, media, plus(clock.now(), pause)),
  );
}

function whyGivenUp(why: string, { tries, until }: FetchTaken, now: string): string | null {
  if (why === 'altered' && tries >= ALTERED_TRIES_MAX) return 'altered';
  return now >= until ? 'expired' : null;
}
