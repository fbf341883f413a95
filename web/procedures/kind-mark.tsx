import { IconEye, IconShieldCheck, IconSignature } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge } from '../kit/index.ts';
import { useWords } from '../words.ts';
import type { Clause } from './answers.ts';

const MARKS = {
  enforced: { tone: 'accent', icon: IconShieldCheck, word: 'procedures.kind.enforced' },
  watched: { tone: 'busy', icon: IconEye, word: 'procedures.kind.watched' },
  agreed: { tone: 'wrap', icon: IconSignature, word: 'procedures.kind.agreed' },
} as const;

/** Se cumple, se vigila, se firma. */
export function KindMark({ kind }: { kind: Clause['kind'] }): ReactNode {
  const t = useWords();
  const { tone, icon, word } = MARKS[kind];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(word)}
    </StatusBadge>
  );
}
