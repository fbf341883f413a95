import { tell, type Deciding, type Fact } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { ofRole } from '../staff/index.ts';

/** An administrator has saved a channel's settings; what they are is nobody's business but the channel's. */
export interface ChannelSaved extends Fact {
  readonly fact: 'channel.saved';
  readonly channel: string;
  readonly by: string;
}

/** A channel says that nothing more will go: the token, the account, the bill. */
export interface ChannelStopped extends Fact {
  readonly fact: 'channel.stopped';
  readonly channel: string;
  readonly code: string;
}

/** An administrator asks for a message to themselves by this channel. */
export interface ChannelTested extends Fact {
  readonly fact: 'channel.tested';
  readonly channel: string;
  readonly by: string;
}

export function channelSaved(fact: ChannelSaved, deciding: Deciding): void {
  const { channel, by } = fact;
  deciding.record({ entry: 'channel.saved', kind: 'fact', because: [], person: by, fields: { channel, by } });
}

/** Those who can set it right are told, by what still works. */
export function channelStopped(fact: ChannelStopped, deciding: Deciding): void {
  const { channel, code } = fact;
  deciding.record({ entry: 'channel.stopped', kind: 'fact', because: [], fields: { channel, code } });
  const people = ['administrator', 'system'] as const;
  for (const { id } of people.flatMap((role) => ofRole(deciding.world, role))) {
    tell(deciding, {
      to: id,
      about: 'channel.stopped',
      because: [houseRule('channels')],
      values: { channel, code },
    });
  }
}

export function testChannel(fact: ChannelTested, deciding: Deciding): void {
  const { channel, by } = fact;
  deciding.record({
    entry: 'channel.tested',
    kind: 'fact',
    because: [],
    person: by,
    fields: { channel, by },
  });
  tell(deciding, {
    to: by,
    about: 'channel.test',
    because: [houseRule('channels')],
    values: { channel },
    channel,
  });
}
