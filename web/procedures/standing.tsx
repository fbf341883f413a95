import {
  IconCalendarOff,
  IconCircleDashed,
  IconEye,
  IconFlask,
  IconShieldCheck,
  IconSignature,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge } from '../kit/index.ts';
import { useWords, type Say, type WordId } from '../words.ts';
import type { Clause, Procedure } from './answers.ts';

/** What a clause comes to in this organization today; only `held` does what its kind says. */
export type StandingHere = Clause['standing'] | 'idle';

/** A clause nothing is built for stays outside whether or not its procedure is in force. */
export function standingHere(
  procedure: Pick<Procedure, 'inForce'>,
  { standing }: Pick<Clause, 'standing'>,
): StandingHere {
  return procedure.inForce === null && standing !== 'outside' ? 'idle' : standing;
}

const KINDS = {
  enforced: { tone: 'accent', icon: IconShieldCheck, word: 'procedures.kind.enforced' },
  watched: { tone: 'busy', icon: IconEye, word: 'procedures.kind.watched' },
  agreed: { tone: 'wrap', icon: IconSignature, word: 'procedures.kind.agreed' },
} as const;

const NOT_HELD = {
  unproven: { tone: 'soon', icon: IconFlask, word: 'procedures.standing.unproven' },
  outside: { tone: 'quiet', icon: IconCircleDashed, word: 'procedures.standing.outside' },
  idle: { tone: 'quiet', icon: IconCalendarOff, word: 'procedures.standing.idle' },
} as const;

/** Se cumple, se vigila, se firma; or that it does not yet. */
export function StandingMark({ procedure, clause }: { procedure: Procedure; clause: Clause }): ReactNode {
  const t = useWords();
  const standing = standingHere(procedure, clause);
  const { tone, icon, word } = standing === 'held' ? KINDS[clause.kind] : NOT_HELD[standing];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(word)}
    </StatusBadge>
  );
}

/** The same in a sentence. */
export function standingText(t: Say, procedure: Procedure, clause: Clause): string {
  const texts: Record<StandingHere, string> = {
    held: t(`procedures.kind-help.${clause.kind}`),
    unproven: t('procedures.unproven-help'),
    outside: t(`procedures.outside-help.${clause.kind}`),
    idle: t('procedures.idle-help'),
  };
  return texts[standingHere(procedure, clause)];
}

/** Over the clause's effect: whether it tells of now or of what is to come. */
const EFFECT_TITLES = {
  held: 'procedures.here',
  unproven: 'procedures.here',
  outside: 'procedures.here-later',
  idle: 'procedures.here-idle',
} as const satisfies Record<StandingHere, WordId>;

export function effectTitle(t: Say, procedure: Procedure, clause: Clause): string {
  return t(EFFECT_TITLES[standingHere(procedure, clause)]);
}
