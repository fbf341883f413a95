import type { Instant } from '../platform/time.ts';

/** A call by the PBX between a person of the floor and the lead. */
export interface CallFacts {
  readonly by: string | null;
  readonly direction: 'in' | 'out';
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly answered: boolean | null;
  readonly ringSeconds: number | null;
  readonly talkSeconds: number | null;
}

export interface EvidenceReadings {
  readonly evidence: 'attempted' | 'answered' | 'pbx-and-crm';
  readonly ringSecondsMin: number;
  readonly talkSecondsMin: number;
}

export type Judgement =
  /** Proves contact inside the term. */
  | 'proves'
  /** Still going on: the rule waits for its end. */
  | 'in-progress'
  /** Unanswered, and the PBX gave no ring time: proves nothing, the administrator sees it. */
  | 'unclear'
  | 'proves-nothing';

/**
 * Whether a call is contact (contact-center-policy L4 with its readings). It must be the holder's own and have started
 * inside the term: from the assignment to the last instant of the tenth minute, both included. An outgoing one counts
 * answered, or rung long enough; an incoming one only answered; with `answered`, only with enough talk.
 */
export function judgeCall(
  call: CallFacts,
  term: { readonly holder: string; readonly from: Instant; readonly dueAt: Instant | null },
  readings: EvidenceReadings,
): Judgement {
  if (call.by !== term.holder || call.startedAt < term.from) return 'proves-nothing';
  if (term.dueAt !== null && call.startedAt > term.dueAt) return 'proves-nothing';
  if (call.endedAt === null) return 'in-progress';
  if (call.answered === true) {
    if (readings.evidence !== 'answered') return 'proves';
    return (call.talkSeconds ?? 0) >= readings.talkSecondsMin ? 'proves' : 'proves-nothing';
  }
  if (call.direction === 'in' || readings.evidence === 'answered') return 'proves-nothing';
  if (call.ringSeconds === null) return 'unclear';
  return call.ringSeconds >= readings.ringSecondsMin ? 'proves' : 'proves-nothing';
}
