import {
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleX,
  IconHourglass,
  IconInbox,
  IconSnowflake,
  IconUserCheck,
  IconZoomQuestion,
  type Icon,
} from '@tabler/icons-react';
import type { Tone } from '../kit/index.ts';
import type { Say } from '../words.ts';
import type { ClaimRow, Outcome } from './answers.ts';

interface Look {
  tone: Tone;
  icon: Icon;
}

const LOOK: Record<ClaimRow['state'], Look> = {
  returned: { tone: 'soon', icon: IconArrowBackUp },
  waiting: { tone: 'quiet', icon: IconHourglass },
  open: { tone: 'busy', icon: IconInbox },
  asked: { tone: 'busy', icon: IconSnowflake },
  proposed: { tone: 'accent', icon: IconUserCheck },
  ruled: { tone: 'good', icon: IconCircleCheck },
  appealed: { tone: 'soon', icon: IconZoomQuestion },
  closed: { tone: 'quiet', icon: IconCircleX },
};

/** How a claim stands: tone, icon and word together. */
export function standing(t: Say, { state, rulingMissedAt }: Pick<ClaimRow, 'state' | 'rulingMissedAt'>) {
  const late = rulingMissedAt !== null && state !== 'ruled' && state !== 'closed';
  const look = late ? { ...LOOK[state], tone: 'late' as const } : LOOK[state];
  return { ...look, text: t(`control.state.${state}`) };
}

export function outcomeText(t: Say, outcome: Outcome): string {
  return t(`control.outcome.${outcome}`);
}

const LINES = [2, 3, 4, 5, 7, 8, 9, 10, 11, 12] as const;

/** Why, in the words of the line that decides. */
export function lineText(t: Say, line: number | null): string {
  const known = LINES.find((each) => each === line);
  return known === undefined ? '' : t(`control.line.${known}`);
}

const CHANNELS = ['call', 'whatsapp', 'email', 'appointment'] as const;

export function channelText(t: Say, channel: string): string {
  const known = CHANNELS.find((each) => each === channel);
  return known === undefined ? channel : t(`control.channel.${known}`);
}

/** What is due first, and from when it runs. */
export function dueOf(
  claim: ClaimRow,
): { from: ClaimRow['requestedAt']; until: ClaimRow['requestedAt'] } | null {
  if (claim.state === 'appealed' && claim.appealDueAt !== null && claim.appealedAt !== null)
    return { from: claim.appealedAt, until: claim.appealDueAt };
  if (claim.rulingDueAt === null || claim.state === 'ruled' || claim.state === 'closed') return null;
  return { from: claim.requestedAt, until: claim.rulingDueAt };
}
