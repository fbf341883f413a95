/** What a person's own words cover, in the gate's channels: contacts keep what was said, the gate what it means. */
import type { ConsentRecord, ConsentScope } from '../contacts/index.ts';
import type { Instant } from '../platform/time.ts';
import type { Holds } from './holds.ts';
import { contactChannels, type Consent, type ContactChannel } from './request.ts';

const CHANNELS: Readonly<Record<Exclude<ConsentScope, 'all'>, readonly ContactChannel[]>> = {
  calls: ['call'],
  messages: ['whatsapp', 'sms', 'telegram', 'push'],
  email: ['email'],
};

/** The holds by which the gate keeps a "no" of this scope. 'all' also covers channels that come later. */
export function holdsOfScope(scope: ConsentScope): readonly (ContactChannel | 'all')[] {
  return scope === 'all' ? ['all'] : CHANNELS[scope];
}

function covers(scope: ConsentScope, channel: ContactChannel): boolean {
  return scope === 'all' || CHANNELS[scope].includes(channel);
}

/**
 * The consents with their proof, by channel: each from when it was said until the next "no" that covers the channel. Who
 * asks to be contacted agrees to that and to being followed up and told of offers; debts are another matter.
 */
export function gateConsents(records: readonly ConsentRecord[]): Consent[] {
  return records
    .filter(({ kind }) => kind === 'given')
    .flatMap((given) =>
      contactChannels
        .filter((channel) => covers(given.scope, channel))
        .flatMap((channel) => consentOn(channel, given, records)),
    );
}

function consentOn(
  channel: ContactChannel,
  given: ConsentRecord,
  records: readonly ConsentRecord[],
): Consent[] {
  const [withdrawn] = records
    .filter((each) => each.kind === 'withdrawn' && covers(each.scope, channel) && each.at >= given.at)
    .map(({ at }) => at)
    .toSorted();
  const until = withdrawn === undefined ? {} : { until: withdrawn };
  return [
    { channel, purpose: 'requested', at: given.at, ...until },
    { channel, purpose: 'marketing', at: given.at, ...until },
  ];
}

/** The latest "no" held that a "yes" of this scope would lift; null when none is held. */
export function optedOutSince(holds: Holds, scope: ConsentScope): Instant | null {
  const held = holds.optOuts.filter(
    ({ channel }) => scope === 'all' || channel === 'all' || covers(scope, channel),
  );
  return (
    held
      .map(({ at }) => at)
      .toSorted()
      .at(-1) ?? null
  );
}
