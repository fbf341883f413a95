import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCheck,
  IconHourglass,
  IconScale,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge, type Tone } from '../kit/index.ts';
import { useWords, type WordId } from '../words.ts';
import type { Audit } from './answers.ts';

const STATES: Readonly<Record<Audit['state'], readonly [Tone, Icon, WordId]>> = {
  closed: ['good', IconCheck, 'audits.state.closed'],
  opened: ['soon', IconHourglass, 'audits.state.opened'],
  heard: ['late', IconScale, 'audits.state.heard'],
  upheld: ['late', IconAlertTriangle, 'audits.state.upheld'],
  overturned: ['good', IconArrowBackUp, 'audits.state.overturned'],
};

export function AuditState({ of }: { of: Pick<Audit, 'state' | 'finding'> }): ReactNode {
  const t = useWords();
  const [tone, icon, word] =
    of.state === 'closed' && of.finding === 'bad-care' ? STATES.upheld : STATES[of.state];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(word)}
    </StatusBadge>
  );
}
