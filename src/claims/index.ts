/** Ownership disputes: request, freeze, evidence, ruling (lead-reassignment). */
export { claimsFeature } from './claims.feature.ts';
export { protectionFeature } from './protection.feature.ts';
export type {
  AppealRuled,
  ClaimAgreed,
  ClaimAppealed,
  ClaimConfirmed,
  ClaimRequested,
  ClaimWithdrawn,
  EvidenceSent,
  ShownInteraction,
  StatusAsked,
} from './facts.ts';
export type { LeadEdited } from './edits.ts';
export { requestParts, type RequestPart } from './incomplete.ts';
export { claimErrors } from './errors.ts';
export { claimRoutes, type ClaimRouteParts } from './routes.ts';
export { keepImage, type ImageAbout, type NewImage } from './images.store.ts';
export { keptClaims } from './claims.store.ts';
export { evidenceChannels } from './what-counts.ts';
