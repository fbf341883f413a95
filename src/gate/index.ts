/** Who may be contacted now, how: one gate for calls and messages. It owns every hold. */
export { mayContact } from './may-contact.ts';
export { laws, lawReference, lawsOn, parseLaws, type LawRule } from './law.ts';
export { becauseRoutes, type BecauseRouteParts } from './because.routes.ts';
export { becauseWords, type BecauseParts, type BecauseWords } from './because-words.ts';
export { gateRefusals, type GateRefusal, type RefusalText } from './refusals.ts';
export {
  applyHold,
  decideHold,
  freezeInForce,
  noHolds,
  type Hold,
  type HoldCommand,
  type HoldEntry,
  type HoldRefusal,
  type Holds,
} from './holds.ts';
export {
  contactChannels,
  contactPurposes,
  type Consent,
  type ContactAnswer,
  type ContactChannel,
  type ContactFacts,
  type ContactPurpose,
  type ContactRequest,
  type Freeze,
  type GateRules,
  type OptOut,
  type Register,
  type RegisterEntry,
} from './request.ts';
export { frozenContacts, gateFeature, holdsOf, holdsSlice, loadHolds } from './gate.feature.ts';
export { gateConsents, holdsOfScope, optedOutSince } from './scopes.ts';
export { liftFreeze, liftFromPerson, optOutHolds, placeOnPerson, type PersonHold } from './on-person.ts';
export { keptHolds } from './holds.store.ts';
