import {
  IconAlarm,
  IconArrowsExchange,
  IconDoorOff,
  IconEye,
  IconHourglass,
  IconWalk,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge, type Tone } from '../kit/index.ts';
import { useWords, type Say, type WordId } from '../words.ts';
import type { Board, BoardRow } from './board-answers.ts';
import { whyText } from './floor-words.ts';

/** Why a lead needs eyes, the most urgent first. */
export const kinds = ['waiting', 'audit', 'running', 'paced', 'held', 'moved'] as const;
export type Kind = (typeof kinds)[number];
export type EyeRow = BoardRow & { readonly kind: Kind };

export const LOOK: Record<Kind, { tone: Tone; icon: Icon; one: WordId; many: WordId }> = {
  waiting: {
    tone: 'late',
    icon: IconHourglass,
    one: 'administration.now.waiting',
    many: 'administration.now.waiting-many',
  },
  audit: {
    tone: 'late',
    icon: IconEye,
    one: 'administration.now.audit',
    many: 'administration.now.audit-many',
  },
  running: {
    tone: 'soon',
    icon: IconAlarm,
    one: 'administration.now.running',
    many: 'administration.now.running-many',
  },
  paced: {
    tone: 'wrap',
    icon: IconWalk,
    one: 'administration.now.paced',
    many: 'administration.now.paced-many',
  },
  held: {
    tone: 'quiet',
    icon: IconDoorOff,
    one: 'administration.now.held',
    many: 'administration.now.held-many',
  },
  moved: {
    tone: 'busy',
    icon: IconArrowsExchange,
    one: 'administration.now.moved',
    many: 'administration.now.moved-many',
  },
};

/** In the order in which they need eyes; a lead that moved and runs again stands once, where it runs. */
export function rowsOf(board: Board): EyeRow[] {
  const seen = new Set<string>();
  return kinds.flatMap((kind) =>
    board[kind].flatMap((row) => {
      if (seen.has(row.id)) return [];
      seen.add(row.id);
      return [{ ...row, kind }];
    }),
  );
}

export function leadName(row: { name: string | null; number: number }): string {
  return row.name ?? `#${row.number}`;
}

/** What was decided, in one sentence. */
export function sentenceOf(t: Say, row: BoardRow): string {
  const name = row.holderName ?? '';
  switch (row.decision?.entry ?? '') {
    case 'lead.waiting':
      return t('administration.say.waiting', { why: whyText(t, row.why ?? '') });
    case 'lead.held':
      return t('administration.say.held');
    case 'lead.reassigned':
      return t('administration.say.reassigned', { name });
    case 'lead.audit-listed':
      return t('administration.say.audit', { name });
    case 'lead.reassignment-reversed':
      return t('administration.say.reversed', { name });
    default:
      return t('administration.say.assigned', { name });
  }
}

export function KindBadge({ kind }: { kind: Kind }): ReactNode {
  const t = useWords();
  const { tone, icon, one } = LOOK[kind];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(one)}
    </StatusBadge>
  );
}
