/** What is told about claims, parsed at the door. */
import type { Fact } from '../decisions/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import type { Evidence } from './claim.ts';
import type { Outcome } from './ruling.ts';

/** Somebody asks for a lead that another holds (L2, L6, R2). What is absent is missing. */
export interface ClaimRequested extends Fact {
  readonly fact: 'claim.requested';
  readonly claim: string;
  readonly lead: string;
  readonly by: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly name: string | null;
  readonly source: string | null;
  /** The date one reads in the image of the source, as entered and confirmed. */
  readonly sourceImageDatedOn: LocalDate | null;
  /** Of claim_images; null where only the date is told. */
  readonly sourceImage?: string | null;
  /** Of its bytes, in hex: what was shown can be compared with what is kept. */
  readonly sourceImageSha256?: string | null;
  readonly firstContactShown: boolean;
}

/** Who asked thinks better of it. */
export interface ClaimWithdrawn extends Fact {
  readonly fact: 'claim.withdrawn';
  readonly claim: string;
  readonly by: string;
}

/** The control area asks the holder how the lead stands (L3, L4). */
export interface StatusAsked extends Fact {
  readonly fact: 'claim.statusAsked';
  readonly claim: string;
  readonly by: string;
}

export interface EvidenceSent extends Fact {
  readonly fact: 'evidence.sent';
  readonly claim: string;
  readonly by: string;
  readonly interactions: readonly ShownInteraction[];
  /** Nothing more will come. */
  readonly complete: boolean;
}

export interface ShownInteraction extends Pick<
  Evidence,
  'direction' | 'channel' | 'verifiable' | 'answered' | 'image' | 'sha256'
> {
  readonly at: Instant | null;
}

/** Parties sign whose the lead is to be (R10); each may sign alone, and it takes effect when both have. */
export interface ClaimAgreed extends Fact {
  readonly fact: 'claim.agreed';
  readonly claim: string;
  readonly signedBy: readonly string[];
  readonly holder: string;
}

/** A person of the control area confirms the proposal, or with reasons decides otherwise (R9). */
export interface ClaimConfirmed extends Fact {
  readonly fact: 'claim.confirmed';
  readonly claim: string;
  readonly by: string;
  readonly outcome: Outcome | null;
  readonly reasons: string | null;
}

export interface ClaimAppealed extends Fact {
  readonly fact: 'claim.appealed';
  readonly claim: string;
  readonly by: string;
  readonly reasons: string;
}

export interface AppealRuled extends Fact {
  readonly fact: 'claim.appeal-ruled';
  readonly claim: string;
  readonly by: string;
  readonly outcome: Outcome;
  readonly reasons: string;
}
