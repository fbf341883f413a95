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
export { applyMerge, applyUnmerge, keptOf, planMerge } from './merge.ts';
export type {
  ContactRecord,
  Held,
  HeldFacts,
  MergedPair,
  MergePlan,
  MergeRefusal,
  UnmergeRefusal,
} from './merge.ts';
export { consentInForce, readOptOut } from './consent.ts';
export type { ConsentRecord, ConsentScope, OptOut } from './consent.ts';
export { contact, contactsSlice, noFacts, plainFacts, values, type Contact, type Doubt } from './contact.ts';
export { contactsFeature, type AboutPerson } from './contacts.feature.ts';
export { loadContacts } from './contacts.store.ts';
export { recognize, type Recognized } from './recognize.ts';
