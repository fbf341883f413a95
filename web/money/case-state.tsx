import { IconArrowBackUp, IconGavel, IconHourglass, IconScale, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge, type Tone } from '../kit/index.ts';
import { useWords, type WordId } from '../words.ts';
import type { Case } from './answers.ts';

const STATES: Readonly<Record<Case['state'], readonly [Tone, Icon, WordId]>> = {
  opened: ['soon', IconHourglass, 'money.case.opened'],
  heard: ['late', IconScale, 'money.case.heard'],
  decided: ['quiet', IconGavel, 'money.case.decided'],
  overturned: ['good', IconArrowBackUp, 'money.case.overturned'],
};

export function CaseState({ of }: { of: Pick<Case, 'state'> }): ReactNode {
  const t = useWords();
  const [tone, icon, word] = STATES[of.state];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(word)}
    </StatusBadge>
  );
}
