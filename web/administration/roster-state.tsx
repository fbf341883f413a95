import {
  IconCheck,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconUserOff,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge, type Tone } from '../kit/index.ts';
import { useWords, type Say, type WordId } from '../words.ts';
import type { RosterPerson } from './people-answers.ts';

type State = 'active' | 'removed' | 'unconfirmed' | 'included' | 'excluded' | 'proposed';
const LOOK: Record<State, { tone: Tone; icon: Icon; word: WordId }> = {
  active: { tone: 'good', icon: IconCircleCheck, word: 'administration.roster.active' },
  removed: { tone: 'late', icon: IconUserOff, word: 'administration.roster.removed' },
  unconfirmed: { tone: 'soon', icon: IconClock, word: 'administration.roster.unconfirmed' },
  included: { tone: 'busy', icon: IconCheck, word: 'administration.roster.included' },
  excluded: { tone: 'late', icon: IconX, word: 'administration.roster.excluded' },
  proposed: { tone: 'quiet', icon: IconCircleDashed, word: 'administration.roster.proposed' },
};

function stateOf({ place, active }: RosterPerson): State {
  if (place?.removedAt != null) return 'removed';
  if (active) return 'active';
  if (place?.decision === 'excluded') return 'excluded';
  if (place?.decision === 'included') return place.sentAt === null ? 'included' : 'unconfirmed';
  return 'proposed';
}

/** How somebody stands on the list, in one word. */
export function stateText(t: Say, row: RosterPerson): string {
  return t(LOOK[stateOf(row)].word);
}

export function StateBadge({ row }: { row: RosterPerson }): ReactNode {
  const t = useWords();
  const { tone, icon, word } = LOOK[stateOf(row)];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(word)}
    </StatusBadge>
  );
}
