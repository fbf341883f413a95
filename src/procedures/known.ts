/**
 * The procedures the product knows and the ids of their clauses, so that a rule that cites a clause which does not
 * exist fails to compile. Loading fails when a pack and this table disagree.
 */
export const procedureNames = [
  'lead-assignment',
  'contact-center-policy',
  'lead-reassignment',
  'proactive-contact',
  'telecom-outbound',
] as const;

export type Procedure = (typeof procedureNames)[number];

// prettier-ignore
export const clauseIds = {
  'lead-assignment': [
    'O1', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10', 'P11', 'P12', 'P13', 'P14', 'P15',
  ],
  'contact-center-policy': [
    'P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'S1', 'L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L8', 'L9',
  ],
  'lead-reassignment': [
    'L1', 'L2', 'L3', 'L4', 'L5a', 'L5b', 'L5c', 'L5d', 'L6a', 'L6b', 'L6c', 'L7', 'L8', 'L9', 'L10', 'L11', 'L12',
    'R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9', 'R10',
  ],
  'proactive-contact': ['K1', 'C1', 'Q1', 'A1', 'A2', 'A3', 'A3a', 'A3b', 'A4', 'A5', 'A6', 'A7'],
  // The document numbers its steps without an eleventh.
  'telecom-outbound': [
    'D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8',
    'S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S10', 'S12',
    'K1', 'K2', 'K3', 'K4', 'K5', 'I1', 'I2', 'I3',
    'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7', 'M8', 'M9',
  ],
} as const satisfies Record<Procedure, readonly string[]>;

export type ClauseId<P extends Procedure = Procedure> = (typeof clauseIds)[P][number];

export function isProcedure(text: string): text is Procedure {
  return procedureNames.some((name) => name === text);
}

/**
 * What clauses of different procedures can set against each other. Of two in force the later effective date governs;
 * the one that lost is named in the record.
 */
export const topics = [
  /** Who gives a marketing lead to whom, at once. */
  'assignment',
  /** By which means people talk and report. */
  'channels',
  /** What is taken from a commission. */
  'commission.share',
  /** Whose a person is who comes in again. */
  'duplicates',
  /** Who decides when two claim a lead. */
  'disputes',
  /** Who answers for people being trained. */
  'training',
] as const;

export type Topic = (typeof topics)[number];
