import {
  IconCircleCheck,
  IconClockPause,
  IconFlag,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconUserPause,
  IconUserQuestion,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { plus, MINUTE, type Instant } from '../../src/platform/time.ts';
import { Countdown, StatusBadge } from '../kit/index.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures } from '../session.ts';
import { isWord, useWords } from '../words.ts';
import { nameOf } from './acts.tsx';
import type { LeadRow } from './data.ts';

/** The bar is full at the beginning of the term; the usual one where the lead does not say when it began. */
const TERM = 10 * MINUTE;

export function termFrom({ assignedAt, notifiedAt, dueAt }: LeadRow): Instant {
  const due = dueAt ?? assignedAt ?? notifiedAt;
  const begun = [notifiedAt, assignedAt].find((at) => at !== null && dueAt !== null && at < dueAt);
  return begun ?? (due === null ? (assignedAt as Instant) : plus(due, -TERM));
}

/** Where a lead stands, in one mark: the time left while a term runs, else its state. */
export function LeadState({
  lead,
  own,
  size = 'row',
}: {
  lead: LeadRow;
  own: boolean;
  size?: 'row' | 'large';
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const now = useServerNow(30);
  if (lead.waitsForCall !== null)
    return (
      <StatusBadge tone="busy" icon={IconPhoneOutgoing}>
        {t('leads.day.waits')}
      </StatusBadge>
    );
  if (lead.dueAt !== null)
    return (
      <Countdown
        from={termFrom(lead)}
        until={lead.dueAt}
        label={t('leads.day.contact', { name: nameOf(lead) })}
        size={size}
        own={own}
      />
    );
  if (lead.stage === 'held')
    return (
      <StatusBadge tone="quiet" icon={IconClockPause}>
        {lead.heldUntil === null
          ? t('leads.state.held')
          : t('leads.state.held-until', { when: figures.moment(lead.heldUntil, now) })}
      </StatusBadge>
    );
  if (lead.stage === 'waiting')
    return (
      <StatusBadge tone="late" icon={IconUserQuestion}>
        {t('leads.state.waiting')}
      </StatusBadge>
    );
  if (lead.stage === 'refused')
    return (
      <StatusBadge tone="quiet" icon={IconPhoneOff}>
        {t('leads.state.refused')}
      </StatusBadge>
    );
  if (lead.auditListedAt !== null)
    return (
      <StatusBadge tone="late" icon={IconFlag}>
        {t('leads.day.audit')}
      </StatusBadge>
    );
  if (lead.status === 'closed' || lead.contactedAt !== null)
    return (
      <StatusBadge tone="good" icon={IconCircleCheck}>
        {t(lead.status === 'closed' ? 'leads.state.closed' : 'leads.state.contacted')}
      </StatusBadge>
    );
  return (
    <StatusBadge tone="soon" icon={IconUserPause}>
      {own ? noTerm(lead, t) : t('leads.state.new')}
    </StatusBadge>
  );
}

/** Why no ten minutes run on a lead nobody has contacted yet. */
export function noTerm({ givenBy, noticeDueAt }: LeadRow, t: ReturnType<typeof useWords>): string {
  const id = `leads.day.no-term.${givenBy ?? ''}`;
  if (isWord(id)) return t(id);
  // Where the term counts from the notice (tenMinutes.from), the notice is still on its way.
  return t(noticeDueAt === null ? 'leads.day.no-term' : 'leads.day.untimed');
}
