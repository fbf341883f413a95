import { appointmentsFeature } from './appointments/index.ts';
import { auditsFeature } from './audits/index.ts';
import { callsFeature } from './calls/index.ts';
import { claimsFeature, protectionFeature } from './claims/index.ts';
import { contactsFeature } from './contacts/index.ts';
import { organizationFeature, type Feature } from './decisions/index.ts';
import { followUpFeature } from './follow-up/index.ts';
import { gateFeature } from './gate/index.ts';
import { leadsFeature } from './leads/index.ts';
import { mailboxFeature } from './mailbox/index.ts';
import { outboxFeature, threadsFeature } from './messages/index.ts';
import { publishingFeature } from './settings/index.ts';
import { moneyFeature } from './money/index.ts';
import { sourcesFeature } from './sources/index.ts';
import { papersFeature, shiftsFeature, staffFeature } from './staff/index.ts';

/**
 * All that decides; those that load in turn do so in this order. The program, scenarios and verification
 * take this one list: a feature that decides and is not verified could not be told from one that was tampered with.
 */
export const features: readonly Feature[] = [
  organizationFeature,
  publishingFeature,
  staffFeature,
  shiftsFeature,
  papersFeature,
  contactsFeature,
  gateFeature,
  callsFeature,
  appointmentsFeature,
  outboxFeature,
  threadsFeature,
  sourcesFeature,
  leadsFeature,
  claimsFeature,
  mailboxFeature,
  moneyFeature,
  auditsFeature,
  // Last: what they keep of every lead that the others have loaded.
  protectionFeature,
  followUpFeature,
];
