import { sql } from 'kysely';
import webPush from 'web-push';

import type { Database, Tx } from '../platform/database.ts';
import { sealWith } from '../platform/sealing.ts';
import type { Instant } from '../platform/time.ts';
import { isOf, settingsOf, type Channel, type ChannelKind, type ChannelSettings } from './channels.ts';

type Row = Omit<Channel, 'settings'> & { readonly settings: string };

/** Takes the key `keyFor(secret, 'channels')`. A row sealed with another key counts as a channel that is not set up. */
export async function readChannels(tx: Tx, organization: string, key: Buffer): Promise<Channel[]> {
  const found = await sql<Row>`
    select kind, settings, state, reason, updated_at, updated_by from channels
     where organization_id = ${organization} order by kind`.execute(tx);
  return found.rows.flatMap((row) => {
    const settings = opened(row, organization, key);
    return settings === null ? [] : [{ ...row, settings }];
  });
}

function opened(row: Row, organization: string, key: Buffer): Channel['settings'] | null {
  const text = sealWith(key).open(row.settings, `${organization} ${row.kind}`);
  return text === null ? null : (settingsOf[row.kind].safeParse(JSON.parse(text)).data ?? null);
}

export async function saveChannel<K extends ChannelKind>(
  tx: Tx,
  organization: string,
  key: Buffer,
  channel: { kind: K; settings: ChannelSettings[K]; at: Instant; by: string },
): Promise<void> {
  const { kind, settings, at, by } = channel;
  const sealed = sealWith(key).seal(JSON.stringify(settings), `${organization} ${kind}`);
  await sql`
    insert into channels (organization_id, kind, settings, state, updated_at, updated_by)
    values (${organization}, ${kind}, ${sealed}, 'ok', ${at}, ${by})
    on conflict (organization_id, kind) do update
       set settings = excluded.settings, state = 'ok', reason = null,
           updated_at = excluded.updated_at, updated_by = excluded.updated_by`.execute(tx);
}

/** Settings that the other side told us of: whether the channel sends, and the rates of its sender, stay as they are. */
export async function amendChannel<K extends ChannelKind>(
  tx: Tx,
  organization: string,
  key: Buffer,
  channel: { kind: K; settings: ChannelSettings[K] },
): Promise<void> {
  const { kind, settings } = channel;
  const sealed = sealWith(key).seal(JSON.stringify(settings), `${organization} ${kind}`);
  await sql`
    update channels set settings = ${sealed} where organization_id = ${organization} and kind = ${kind}`.execute(
    tx,
  );
}

/** What the organization's own mail is from, or comes back to. */
export async function emailAddresses(tx: Tx, organization: string, key: Buffer): Promise<string[]> {
  const channels = await readChannels(tx, organization, key);
  const email = channels.find((each) => isOf(each, 'email'));
  if (email === undefined) return [];
  const { from, bounceAddress, replyTo } = email.settings;
  return [from.address, bounceAddress, replyTo].filter((each) => each !== undefined);
}

/**
 * Marks a channel stopped. True when this is what stopped it: not when it was already, nor when its settings were saved
 * after `since`, as the refusal then speaks of the old ones.
 */
export async function stopChannel(
  tx: Tx,
  organization: string,
  kind: string,
  stop: { readonly reason: string; readonly since: Instant },
): Promise<boolean> {
  const changed = await sql`
    update channels set state = 'stopped', reason = ${stop.reason}
     where organization_id = ${organization} and kind = ${kind} and state = 'ok' and updated_at = ${stop.since}`.execute(
    tx,
  );
  return (changed.numAffectedRows ?? 0n) > 0n;
}

export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/**
 * The installation's key pair for push notices, made the first time. Browsers bind a subscription to it: a new pair would
 * silence all of them.
 */
export async function pushKeys(database: Database, key: Buffer): Promise<PushKeys> {
  const read = async (): Promise<PushKeys | null> => {
    const found = await sql<{ publicKey: string; privateKey: string }>`
      select public_key, private_key from push_keys`.execute(database.kysely);
    const row = found.rows[0];
    if (row === undefined) return null;
    const privateKey = sealWith(key).open(row.privateKey, 'push');
    if (privateKey === null) throw new Error('the push keys were sealed under another installation secret');
    return { publicKey: row.publicKey, privateKey };
  };
  const known = await read();
  if (known !== null) return known;
  const made = webPush.generateVAPIDKeys();
  // Two processes may start at once: one pair stays, and both read it.
  await sql`
    insert into push_keys (public_key, private_key) values (${made.publicKey}, ${sealWith(key).seal(made.privateKey, 'push')})
    on conflict do nothing`.execute(database.kysely);
  return (await read()) ?? made;
}
