/** The people we call or who write to us: reading their phones, e-mails and names, and knowing them again. */
export { readPhone, readPhones, readWhatsAppId } from './phone.ts';
export type { HomeCountry, Phone, PhoneOptions, PhoneRefusal, PhoneWarning, RefusedPhone } from './phone.ts';
export { formatPhone, maskPhone } from './phone-screen.ts';
export { zoneOfPhone } from './phone-zone.ts';
export { foldEmail, isGenericEmail, readEmail } from './email.ts';
export type { Email, EmailRefusal, RefusedEmail } from './email.ts';
export { compareNames, foldName, nameKeys, phoneticKey } from './names.ts';
export type { NameComparison } from './names.ts';
export { compare } from './same-person.ts';
export type { CompareOptions, Comparison, Evidence, EvidenceKind, PersonFacts } from './same-person.ts';
export { findSame } from './find-same.ts';
export type { Candidate, Match, SamePerson } from './find-same.ts';
export { earliest, keptOf, mayUnmerge, planMerge } from './merge.ts';
export type { FirstContact, Merge, MergedPair, MergeRefusal, UnmergeRefusal } from './merge.ts';
export { contactKeys } from './contact-keys.ts';
export { factsOf, noFacts, plainFacts, values, type Held, type HeldFacts } from './held.ts';
export { consentInForce, readOptOut } from './consent.ts';
export type { ConsentRecord, ConsentScope, OptOut } from './consent.ts';
export {
  contact,
  contactsSlice,
  doubt,
  erasedNow,
  type Erasing,
  type Contact,
  type Doubt,
} from './contact.ts';
export {
  consentsOfPerson,
  contactsOfPerson,
  doubtsBetween,
  firstContactOfPerson,
  openDoubts,
  standsFor,
} from './one-person.ts';
export { contactsFeature, type AboutPerson } from './contacts.feature.ts';
export { fingerprintWith } from './erased-keys.ts';
export { contactsKnownBy, loadContacts, loadDoubtsAbout } from './contacts.store.ts';
export { recognize, wasErased, type Recognized } from './recognize.ts';
export { requestTerms, type RequestTerms } from './request-terms.ts';
export {
  erasureReasons,
  optOutFrom,
  type ContactErased,
  type ContactExported,
  type ContactOptedIn,
  type ContactOptedOut,
  type ContactUnmerged,
  type DoubtSettled,
  type OfPerson,
} from './person-facts.ts';
export type { KeptBy, WholePerson } from './kept.ts';
export { keptContacts, keptJournal, type LeadOfPerson } from './people.store.ts';
export { contactRoutes, type ContactRoutesParts } from './routes.ts';
export { contactErrors } from './errors.ts';
export {
  createLedger,
  eraseAgain,
  ERASURES_FILE,
  readErasures,
  type ErasureLine,
} from './erasure-ledger.store.ts';
