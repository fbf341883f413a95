import type { Json } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import type { About } from './abouts.ts';
import type { Deciding } from './feature.ts';

export interface Tell {
  /** A person of the staff. */
  readonly to: string;
  readonly about: About;
  readonly because: readonly string[];
  readonly lead?: string;
  /** Ids and instants the notice is rendered from; no personal data of a contact. */
  readonly values?: { readonly [name: string]: Json };
  /** By this channel; the organization's own for its staff unless given. */
  readonly channel?: string;
  /** Not before: the seconds in which whoever wrote it may think better of it. */
  readonly notBefore?: Instant;
  /** The message whose place this one takes, as its channel did not take it. */
  readonly instead?: { readonly message: string; readonly root: string; readonly tried: readonly string[] };
}

/**
 * Tells somebody of the floor: writes `told`, from which the outbox row follows in the same transaction. Returns the
 * channel. Nothing is sent before the commit.
 */
export function tell(deciding: Deciding, told: Tell): string {
  const { to, about, because, lead, values, notBefore, instead } = told;
  const channel = told.channel ?? deciding.organization.settings.staffChannel;
  deciding.record({
    entry: 'told',
    kind: 'decision',
    because,
    person: to,
    ...(lead === undefined ? {} : { lead }),
    fields: {
      message: deciding.newId(),
      to,
      channel,
      about,
      ...(lead === undefined ? {} : { lead }),
      values: values ?? {},
      ...(notBefore === undefined ? {} : { notBefore }),
      ...(instead === undefined ? {} : { instead: { ...instead, tried: [...instead.tried] } }),
    },
  });
  return channel;
}
