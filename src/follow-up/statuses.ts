/** The words of follow-up; the screens use them too. */

/**
 * How far a lead has come, as the floor speaks of it. It follows from what stands in the row; what comes first here wins:
 *
 *   refused · closed · lost · incubator · reservation · opportunity · appointment · in-follow-up · contacted · new
 */
export const leadStatuses = [
  'new',
  'contacted',
  'in-follow-up',
  'appointment',
  'opportunity',
  'reservation',
  'closed',
  'lost',
  'incubator',
  'refused',
] as const;
export type LeadStatus = (typeof leadStatuses)[number];

export const lostReasons = [
  'not-interested',
  'no-answer',
  'no-budget',
  'bought-elsewhere',
  'not-now',
  'wrong-data',
  'other',
] as const;
export type LostReason = (typeof lostReasons)[number];

export const actionKinds = ['call', 'message', 'meet', 'send', 'other'] as const;
export type ActionKind = (typeof actionKinds)[number];
