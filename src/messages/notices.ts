/**
 * The kinds of notice the product sends to the people of the floor, and what each one must say. A kind without its
 * text in some language, or a notice without one of its values, does not compile.
 *
 * Values arrive ready to read: names as on screen, local times in the reader's own format, absolute addresses.
 */
import type { Procedure } from '../procedures/index.ts';

import type { ClaimNoticeValues, ClaimWords } from './claim-notices.ts';
import type { WritingNoticeValues } from './writing-notices.ts';

export type NoticeLanguage = 'es-MX' | 'es-CO' | 'en';

/** Where a lead that was taken from somebody went. */
export type WentTo = { readonly person: string } | 'next-opening' | 'administrator';

interface AboutLead {
  readonly leadName: string;
  readonly url: string;
}

interface AssignedLead extends AboutLead {
  readonly source: string;
  /** How long to contact the prospect, and until when (contact-center-policy L4). */
  readonly minutes: number;
  readonly dueTime: string;
}

interface TakenLead extends AboutLead {
  readonly advisor: string;
  readonly minutes: number;
  readonly wentTo: WentTo;
}

interface SanctionOf {
  readonly advisor: string;
  readonly clause: string;
  readonly url: string;
}

export interface NoticeValues extends ClaimNoticeValues, WritingNoticeValues {
  /** lead-assignment P8 */
  'lead-assigned': AssignedLead;
  /** contact-center-policy L3: held outside the hours, assigned at the opening */
  'held-lead-assigned': AssignedLead & { readonly arrivedAt: string };
  /** L4, to the one who gets it */
  'lead-reassigned-to-you': AssignedLead;
  /** L4, to the one who missed it */
  'lead-taken-from-you': AboutLead & { readonly minutes: number };
  /** L4, to the manager of the one who missed it */
  'lead-taken-manager': TakenLead;
  /** L4, to the direction */
  'lead-taken-direction': TakenLead;
  /** L4: evidence that came late was in time; to all who had been told of the reassignment */
  'reassignment-reversed': AboutLead & { readonly advisor: string };
  /** L4: the same, but the new holder had already contacted; to the administrator */
  'miss-struck-out': AboutLead & { readonly advisor: string; readonly holder: string };
  /** L9 */
  'duplicate-arrived': AboutLead & { readonly source: string };
  /** L9, to the one from whom it goes: the person turned out somebody else's */
  'duplicate-moved': AboutLead & { readonly advisor: string };
  /** Two people had been taken for one: to the one from whom the lead goes back */
  'lead-parted': AboutLead & { readonly wentTo: WentTo };
  /** To who held a lead that was a test */
  'lead-was-test': AboutLead;
  /** To who held a lead of somebody whose data were erased: no name is left to say */
  'lead-erased': { readonly url: string };
  /** P8 missed: to the administrator */
  'notification-late': AboutLead & { readonly advisor: string; readonly dueTime: string };
  /** L4 with nobody left: to the administrator */
  'nobody-left': AboutLead & { readonly source: string };
  /** L1: one to one on the 1st; `confirmPayload` comes back when the button is pressed */
  'roster-month': {
    readonly month: string;
    readonly shifts: string;
    readonly confirmBy: string;
    readonly confirmPayload: string;
    readonly url: string;
  };
  /** L2: `url` signs in */
  'roster-activated': { readonly month: string; readonly url: string };
  /** A lead without the ten minutes: handed over, or given by the administrator after first contact */
  'lead-given': AboutLead & { readonly source: string };
  /** To the one from whom the administrator took it */
  'lead-moved': AboutLead & { readonly wentTo: WentTo };
  /** L4 with reassign.by: administrator; to the administrator */
  'lead-to-audit': AboutLead & { readonly advisor: string; readonly minutes: number };
  /** L4: a call that the PBX tells too little of; to the administrator */
  'unclear-evidence': AboutLead & { readonly advisor: string };
  /** lead-assignment P1: to the zone's director */
  'roster-forfeited': { readonly zone: string; readonly month: string; readonly url: string };
  /** lead-assignment O1: to the manager of who fell short, and to the director of a zone that did */
  'conversion-below': {
    readonly advisor: string;
    readonly month: string;
    readonly percent: string;
    readonly url: string;
  };
  'conversion-below-zone': {
    readonly zone: string;
    readonly month: string;
    readonly percent: string;
    readonly url: string;
  };
  /** A version of a procedure waits for a second pair of eyes; to whoever else may publish it. `advisor` proposed it */
  'version-proposed': { readonly advisor: string; readonly date: string; readonly url: string };
  /** To who proposed it; `advisor` published it */
  'version-published': { readonly advisor: string; readonly date: string; readonly url: string };
  'version-rejected': { readonly advisor: string; readonly date: string; readonly url: string };
  /** A channel will send no more until somebody acts; to administrators */
  'channel-stopped': { readonly channel: string; readonly code: string; readonly url: string };
  'channel-test': { readonly channel: string; readonly url: string };
  /** An hour before an appointment, to who attends */
  'appointment-soon': AboutLead & { readonly time: string };
  /** After it, while nobody has noted how it went */
  'appointment-ask': AboutLead & { readonly time: string };
  /** L7: to the team of whoever closed, and in the group; of the client nothing is said */
  'sale-closed': { readonly advisor: string; readonly source: string; readonly url: string };
  /** lead-assignment P1, a day before the list is due: to directors whose list is not in */
  'roster-due': {
    readonly zone: string;
    readonly month: string;
    readonly dueTime: string;
    readonly url: string;
  };
  /** L1: before the term to confirm ends, to who has not */
  'roster-reminder': {
    readonly month: string;
    readonly confirmBy: string;
    readonly confirmPayload: string;
    readonly url: string;
  };
  /** L1: guards planned anew after the roster went out */
  'shifts-changed': { readonly month: string; readonly shifts: string; readonly url: string };
  /** To whoever answers for the person */
  'absence-asked': { readonly advisor: string; readonly days: string; readonly url: string };
  'absence-approved': { readonly days: string; readonly url: string };
  'absence-refused': { readonly days: string; readonly url: string };
  /** To the one with whom somebody wants to exchange guards */
  'swap-asked': { readonly advisor: string; readonly swap: string; readonly url: string };
  /** The other said yes: to whoever answers for them */
  'swap-accepted': {
    readonly advisor: string;
    readonly holder: string;
    readonly swap: string;
    readonly url: string;
  };
  'swap-settled': { readonly swap: string; readonly outcome: string; readonly url: string };
  /** S1: versions to read and sign */
  'signature-asked': { readonly procedures: string; readonly dueTime: string; readonly url: string };
  'signature-missed': { readonly procedures: string; readonly url: string };
  /** To the manager */
  'signature-missed-manager': { readonly advisor: string; readonly procedures: string; readonly url: string };
  /** L6: an hour before the cut, to who has not sent the week's report */
  'weekly-due': { readonly week: string; readonly dueTime: string; readonly url: string };
  /** L5, L6: at the cut, to the manager and the direction */
  'weekly-cut': {
    readonly week: string;
    readonly missing: string;
    readonly behind: string;
    readonly url: string;
  };
  /** L1 not confirmed in time: to the manager */
  'roster-unconfirmed': { readonly advisor: string; readonly month: string; readonly url: string };
  /** A closing was corrected, canceled or credited to another: to each whose amounts of it changed */
  'commission-changed': { readonly url: string };
  /** lead-assignment P15, lead-reassignment L10: to the one it is about, who may answer */
  'sanction-opened': { readonly clause: string; readonly dueBy: string; readonly url: string };
  /** To who decides */
  'sanction-to-rule': SanctionOf;
  'sanction-decided': SanctionOf & { readonly percent: string };
  'sanction-overturned': SanctionOf;
  /** lead-assignment P11: to the advisor, and to the manager and the direction */
  'advisor-removed': { readonly month: string; readonly dueBy: string; readonly url: string };
  'advisor-removed-manager': { readonly advisor: string; readonly month: string; readonly url: string };
  'advisor-restored': { readonly advisor: string; readonly url: string };
  'audit-to-rule': { readonly advisor: string; readonly url: string };
  'audit-decided': { readonly advisor: string; readonly url: string };
}

export type NoticeKind = keyof NoticeValues;

/** Patterns with `{value}`; the notice's own values, and `{leadFirst}`, `{advisorFirst}`, `{holderFirst}`. */
export interface NoticeText {
  readonly subject: string;
  /** One paragraph: it is also the WhatsApp template, which may not begin or end with a value. */
  readonly body: string;
  readonly pushTitle: string;
  /** For a lock screen: of a person the first name and nothing else. */
  readonly pushBody: string;
  /** On the button of the e-mail and of the template (25 characters at most). */
  readonly button: string;
}

/** Words of rosters, guards, absences and signatures, which stand in files of their own. */
export type RosterNotices = Pick<
  NoticeCatalog['notices'],
  | 'roster-due'
  | 'roster-reminder'
  | 'shifts-changed'
  | 'absence-asked'
  | 'absence-approved'
  | 'absence-refused'
  | 'swap-asked'
  | 'swap-accepted'
  | 'swap-settled'
  | 'signature-asked'
  | 'signature-missed'
  | 'signature-missed-manager'
>;

export interface NoticeCatalog {
  readonly notices: { readonly [K in NoticeKind]: NoticeText };
  readonly wentTo: { readonly person: string; readonly nextOpening: string; readonly administrator: string };
  readonly confirm: string;
  readonly claims: ClaimWords;
  readonly words: {
    /** In place of a name nobody gave. */
    readonly nameless: string;
    readonly everyDay: string;
    readonly someDays: string;
    /** The guards of the month are published, and this person has none. */
    readonly noShifts: string;
    readonly dayToDay: string;
    /** Days in a row, among others: 'mié 1 a vie 3'. */
    readonly dayRun: string;
    readonly swapGiven: string;
    readonly swapExchanged: string;
    readonly swapOutcome: Readonly<Record<'approved' | 'refused' | 'declined' | 'lapsed', string>>;
    readonly procedures: Readonly<Record<Procedure, string>>;
    /** In place of an empty list of people. */
    readonly nobody: string;
    readonly channels: Readonly<Record<'whatsapp' | 'email' | 'push' | 'app', string>>;
    /** What a request lacks, by its token. */
    readonly missing: Readonly<Record<string, string>>;
  };
  /** What the template's reviewer at Meta sees in place of each value. */
  readonly examples: Readonly<Record<string, string>>;
}
