import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import { plus, type Instant } from '../platform/time.ts';
import { isOf } from './channels.ts';
import type { Letter } from './letters.store.ts';
import { PEOPLE_A_DAY_MILLISECONDS } from './people-a-day.ts';

/** With how many people conversations were begun in the 24 hours before `now`. */
export async function begunToday(tx: Tx, organization: string, now: Instant): Promise<number> {
  const found = await sql<{ people: number }>`
    select count(*) as people from whatsapp_begun
     where organization_id = ${organization} and begun_at > ${since(now)}`.execute(tx);
  return found.rows[0]?.people ?? 0;
}

/**
 * Letters about to go, as far as the day's people allow; what begins a conversation beyond them goes by the person's next channel, or
 * waits until somebody's 24 hours are over. Call it in the transaction in which the messages are marked as being sent: what is marked counts.
 */
export async function withinPeopleADay(
  tx: Tx,
  organization: string,
  letters: readonly Letter[],
  now: Instant,
): Promise<Letter[]> {
  const limit = letters.map(limitOf).find((each) => each !== null) ?? null;
  const beginning = [...new Set(letters.flatMap((each) => (begins(each) ? [each.taken.recipient] : [])))];
  if (beginning.length === 0) return [...letters];
  const known = limit === null ? new Set(beginning) : await begunWith(tx, organization, beginning, now);
  const fresh = beginning.filter((recipient) => !known.has(recipient));
  const room = limit === null || fresh.length === 0 ? 0 : limit - (await begunToday(tx, organization, now));
  const going = new Set([...known, ...fresh.slice(0, Math.max(0, room))]);
  await sql`
    insert into whatsapp_begun (organization_id, recipient, begun_at)
    select ${organization}, recipient, ${now} from unnest(${[...going]}::text[]) as recipient
    on conflict (organization_id, recipient) do update set begun_at = excluded.begun_at`.execute(tx);
  if (going.size === beginning.length) return [...letters];
  const later = beginning.filter((recipient) => !going.has(recipient));
  const free = await nextFree(tx, organization, now, later.length);
  const until = new Map(later.map((recipient, place) => [recipient, free[place] ?? free.at(-1)]));
  return letters.map((letter) => {
    if (!begins(letter) || going.has(letter.taken.recipient)) return letter;
    const { taken, next } = letter;
    if (next !== null) return { taken, next, refused: 'people-a-day' };
    const waitsUntil = until.get(taken.recipient) ?? plus(now, PEOPLE_A_DAY_MILLISECONDS);
    return { taken, next, waitsUntil, waitsFor: 'people-a-day' };
  });
}

function limitOf(letter: Letter): number | null {
  const channel = 'channel' in letter ? letter.channel : null;
  return channel !== null && isOf(channel, 'whatsapp') ? channel.settings.peopleADay : null;
}

function begins(letter: Letter): boolean {
  return 'begins' in letter && letter.begins;
}

async function begunWith(
  tx: Tx,
  organization: string,
  recipients: readonly string[],
  now: Instant,
): Promise<Set<string>> {
  const found = await sql<{ recipient: string }>`
    select recipient from whatsapp_begun
     where organization_id = ${organization} and recipient = any(${[...recipients]}::text[]) and begun_at > ${since(now)}`.execute(
    tx,
  );
  return new Set(found.rows.map(({ recipient }) => recipient));
}

/** When the next so many places come free. */
async function nextFree(tx: Tx, organization: string, now: Instant, places: number): Promise<Instant[]> {
  const found = await sql<{ begunAt: Instant }>`
    select begun_at from whatsapp_begun where organization_id = ${organization} and begun_at > ${since(now)}
     order by begun_at limit ${places}`.execute(tx);
  return found.rows.map(({ begunAt }) => plus(begunAt, PEOPLE_A_DAY_MILLISECONDS));
}

/** Whom nobody counts any more; for the daily cleaning. */
export async function forgetBegun(tx: Tx, now: Instant): Promise<void> {
  await sql`
    delete from whatsapp_begun
     where organization_id = (select pauta_organization()) and begun_at <= ${since(now)}`.execute(tx);
}

function since(now: Instant): Instant {
  return plus(now, -PEOPLE_A_DAY_MILLISECONDS);
}
