import type { Json } from '../journal/index.ts';
import type { Deciding } from './feature.ts';

export interface Tell {
  /** A person of the staff. */
  readonly to: string;
  /** What it is about: the kind of notice, one of messages' catalog. */
  readonly about: string;
  readonly because: readonly string[];
  readonly lead?: string;
  /** Ids and instants the notice is rendered from; no personal data of a contact. */
  readonly values?: { readonly [name: string]: Json };
}

/**
 * Tells somebody of the floor: writes `told`, from which the outbox row follows in the same transaction. Returns the
 * channel. Nothing is sent before the commit.
 */
export function tell(deciding: Deciding, { to, about, because, lead, values }: Tell): string {
  const channel = deciding.organization.settings.staffChannel;
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
    },
  });
  return channel;
}
