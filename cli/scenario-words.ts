/**
 * The words of scenarios: every fact a scenario may tell and every entry it may expect, with what each says. The page
 * docs/scenarios.md is made from this table and from the shapes in scenario-facts.ts (`pauta scenario-docs`).
 */
export interface FactWord {
  readonly says: string;
  /** Fields of a fact that is not built yet; those of the others come from their shape. */
  readonly fields?: string;
}

export const factWords: Readonly<Record<string, FactWord>> = {
  'roster.submitted': {
    says: "A zone's list of advisors for a month. A later one, still in time, replaces it.",
  },
  'roster.confirmed': { says: 'Somebody on the roster confirms; active from then on.' },
  'roster.exception.signed': {
    says: 'The direction lets somebody on who falls short of P2, P3 or P6, with reasons and full name.',
  },
  'roster.exception.withdrawn': { says: 'The direction takes it back, while the month is not decided.' },
  'shifts.planned': {
    says: 'The guards of a zone’s month, in place of those planned before; a draft, unless `publish`.',
  },
  'shift.swap-asked': {
    says: 'Somebody offers a guard of theirs to another, or exchanges it for one of the other’s.',
  },
  'shift.swap-answered': { says: 'The other accepts or declines.' },
  'shift.swap-approved': { says: 'Whoever answers for them approves or refuses; approved, the guards move.' },
  'shift.swap-canceled': { says: 'Who asked takes it back.' },
  'absence.asked': {
    says: 'Somebody asks to be away, or whoever answers for them enters it: then it is approved at once.',
  },
  'absence.answered': { says: 'It is approved or refused.' },
  'absence.canceled': { says: 'It is taken back.' },
  'document.kind-set': {
    says: 'A paper that is asked of these roles from a day on, or (`ended`) no longer.',
  },
  'document.filed': { says: 'A paper is put in a person’s file; good through `expiresOn`.' },
  'document.withdrawn': { says: 'A wrong paper is taken out of the file.' },
  'exam.set': { says: 'An exam that is asked of these roles from a day on, with its passing mark.' },
  'exam.recorded': { says: 'What somebody got in an exam; the latest decides the grade.' },
  'person.changed': { says: 'What changes about somebody of the staff; `left: true` ends their work here.' },
  'month.results': { says: "A month's figures of a person, in place of those counted and of `lastMonth`." },
  'policy.signed': { says: 'A signature under a procedure, in the version in force.' },
  'procedure.adopted': {
    says: 'A version with its readings is taken into force: `version` is the document (default: the latest), `effectiveOn` the day (default: its own).',
  },
  'procedure.proposed': { says: 'Somebody proposes a version; another person publishes it.' },
  'procedure.rejected': { says: 'Another person says no to it, with reasons.' },
  'procedure.withdrawn': { says: 'Who proposed it thinks better of it.' },
  'lead.received': { says: 'A marketing lead comes in.' },
  'lead.registered': {
    says: 'Somebody registers an own prospect or a referral; an administrator, one who walked in.',
  },
  'call.started': { says: 'The PBX begins a call.' },
  'call.ended': { says: 'A call that was begun ends.' },
  'call.reported': { says: 'The PBX tells of a call when it is over.' },
  message: { says: 'A message was sent by somebody, or came from the client.' },
  'message.written': {
    says: 'Somebody writes to the client; it goes five seconds later, through the gate. WhatsApp takes own words for 24 hours after theirs, else a template.',
  },
  'mail.received': {
    says: 'A mail of somebody of the staff came to the designated mailbox: a request, or more of it. `image`: a picture that opens; `proven: false`: its server calls it forged.',
  },
  'draft.corrected': { says: 'The control area sets right what was read of a request by mail.' },
  'draft.refused': { says: 'The control area refuses a request by mail, with reasons.' },
  'message.canceled': { says: 'Its writer takes it back in those five seconds.' },
  'answer.heard': { says: 'Somebody answers about their roster, with a no or with words that say neither.' },
  note: { says: 'A note on a lead; it does not stop the clock.' },
  'lead.graded': { says: 'How good the prospect is, with the reason.' },
  'lead.passed': { says: 'The holder cannot attend to the lead and passes it on.' },
  'lead.placed': { says: 'The administrator gives a lead to somebody, or with nobody named by rule.' },
  'sale.closed': { says: 'A closing.' },
  'contact.attempted': { says: 'Somebody tries to call or write; the gate answers.' },
  'doubt.settled': { says: 'Somebody has compared the people of two leads: `same` or `different`.' },
  'contact.unmerged': { says: 'Two who had been taken for one are parted; `lead` is one of the absorbed.' },
  'lead.marked-test': { says: 'The administrator sees that a lead is a test.' },
  'contact.opted-out': {
    says: 'The person forbids contact; `scope`: `calls`, `messages`, `email` or `all`. Without `by`, in a message of their own.',
  },
  'contact.opted-in': {
    says: 'The person says yes again; `text` is the proof, `givenAt` when (default: now).',
  },
  'contact.exported': { says: 'Everything kept about the person is handed out.' },
  'contact.erased': {
    says: 'The person’s data are taken away; `reason`: `requested`, `consent-withdrawn`, `retention` or `registered-by-mistake`.',
  },
  'channel.down': { says: 'A message channel takes nothing for now: what is told stays unsent.' },
  'channel.up': { says: 'The channel takes messages again, those that waited first.' },
  'appointment.booked': {
    says: 'A meeting is agreed with the person; `minutes` (default 60), `kind` and `place` say more.',
  },
  'appointment.held': { says: 'A meeting took place: the one booked, or one that was not planned.' },
  'appointment.missed': { says: 'The person did not come.' },
  'appointment.canceled': { says: 'It is called off in time.' },
  'appointment.reopened': { says: 'What was noted of it was a mistake.' },
  'opportunity.opened': { says: 'A sales opportunity.' },
  'opportunity.canceled': { says: 'It was none.' },
  'reservation.made': { says: 'A reservation.' },
  'reservation.canceled': { says: 'It falls.' },
  'lead.incubated': {
    says: 'Not ready yet, with the date of the next contact and whether there is evidence of it.',
  },
  'lead.lost': {
    says: 'Nothing will come of it; `reason`: `not-interested`, `no-answer`, `no-budget`, `bought-elsewhere`, `not-now`, `wrong-data` or `other`.',
  },
  'lead.reopened': { says: 'Not lost after all, or out of the incubator.' },
  'next-action.set': {
    says: 'What is to be done next on a lead, and when; `kind`: `call`, `message`, `meet`, `send` or `other`.',
  },
  'next-action.done': { says: 'It is done, or no longer needed.' },
  'lead.edited': {
    says: 'A datum of the lead is changed: `name`, `phone`, `email`, `source` or another; what was received stays.',
  },
  'weekly.sent': {
    says: 'The weekly report is sent; `week` is its Monday (default: the week whose cut comes next).',
  },
  'audit.recorded': {
    says: 'An audit of somebody’s care of clients; `bad-care` takes them off the roster at once.',
  },
  'audit.answered': { says: 'The person answers what an audit found.' },
  'audit.ruled': { says: 'A person upholds what an audit found, or overturns it.' },
  'claim.requested': { says: 'Two want one lead; what is absent is missing.' },
  'claim.withdrawn': { says: 'Who asked for the lead thinks better of it.' },
  'claim.statusAsked': { says: 'The control area asks how the lead stands: nobody may contact.' },
  'evidence.sent': {
    says: 'The holder shows the follow-up; `complete`: nothing more will come. An interaction without `at` is undated.',
  },
  'claim.agreed': { says: 'Parties sign whose the lead is to be; it holds once both have.' },
  'claim.confirmed': {
    says: 'The control area confirms the proposal; with another `outcome` and `reasons` it decides otherwise.',
  },
  'claim.appealed': { says: 'A party asks, once, that somebody of a higher rank look at the ruling.' },
  'claim.appeal-ruled': { says: 'Somebody of a higher rank than who ruled decides on the appeal.' },
  'breach.reported': { says: 'Somebody broke a clause; `lead` or `sale` say of what, when it is of one.' },
  'sanction.answered': { says: 'The person answers.' },
  'sanction.ruled': { says: 'A person decides how much of the commission is lost.' },
  'sanction.revoked': { says: 'One of the same rank or higher takes the decision back.' },
  'sale.corrected': { says: 'What was told of a closing was wrong; what is not named stays.' },
  'sale.canceled': { says: 'A closing came to nothing.' },
  'sale.support-named': { says: 'Among whom a support share is split that nobody was there to receive.' },
  'sale.credited': { says: 'A closing counts to another person.' },
};

export interface EntryWord {
  readonly fields: string;
  readonly says: string;
}

/** Entries besides the facts, which stand in the journal under their own names. */
export const entryWords: Readonly<Record<string, EntryWord>> = {
  'roster.opened': {
    fields: 'month, dueAt, beginsAt, sendAt, remindAt, confirmBy',
    says: 'The instants of a month’s roster.',
  },
  'roster.rescheduled': {
    fields: 'month, dueAt, beginsAt, sendAt, remindAt, confirmBy',
    says: 'A new version moves them.',
  },
  'roster.step': {
    fields: 'month, step',
    says: 'One of them has passed: `due-reminded`, `due`, `decided`, `sent`, `reminded`, `confirm`.',
  },
  'roster.foreseen': {
    fields: 'month, zone, person, decision, failing, excepted?, figures',
    says: 'What would be decided with what is known when the list is handed in.',
  },
  'roster.decided': {
    fields: 'month, zone, person, decision, failing, excepted?, figures',
    says: 'Included or excluded, on the 1st at 00:00, with the clauses that fail.',
  },
  'procedure.published-alone': {
    fields: 'by, procedure, effectiveOn, proposal?',
    says: 'Nobody else could look at it.',
  },
  'roster.forfeited': {
    fields: 'month, zone, by',
    says: 'No list in time: the zone loses the month’s leads.',
  },
  'roster.sent': { fields: 'month, to, channel', says: 'The roster goes to each person.' },
  'shifts.published': { fields: 'month, zone, by, people', says: 'Turns follow these guards from now on.' },
  'shift.moved': {
    fields: 'month, from, to, gives, takes, swap',
    says: 'Guards change hands.',
  },
  'shift.swap-lapsed': { fields: 'swap', says: 'A guard of the swap began before it was approved.' },
  'signature.asked': {
    fields: 'person, procedure, version, dueAt',
    says: 'Somebody is to read and sign a version.',
  },
  'signature.lapsed': {
    fields: 'person, procedure, version',
    says: 'No longer owed: another version has taken its place, or the person has left.',
  },
  'advisor.activated': { fields: 'person, month', says: 'On duty from now on.' },
  'advisor.lapsed': {
    fields: 'person, month, why, until',
    says: 'Active by grace until now, and not confirmed.',
  },
  'advisor.removed': { fields: 'person, month, why?, audit?', says: 'Off the roster.' },
  'advisor.restored': { fields: 'person, month, audit', says: 'Back on the roster.' },
  'organization.opened': {
    fields: 'name, country, zone, locale, settings',
    says: 'The organization begins.',
  },
  'organization.changed': { fields: 'name?, settings', says: 'Its settings change.' },
  'person.registered': { fields: 'person, role, zone, reportsTo, …', says: 'Somebody joins the staff.' },
  'lead.imported': {
    fields: 'lead, source, holder, registeredAt',
    says: 'Going live: a lead that exists already.',
  },
  'contact.registered': { fields: 'lead, contact', says: 'A person not known before.' },
  'contact.recognized': {
    fields: 'lead, contact, score, evidence',
    says: 'The person is known for certain.',
  },
  'contact.doubt-raised': { fields: 'doubt, contact, other, lead, score, evidence', says: 'Perhaps known.' },
  'contact.doubt-settled': { fields: 'doubt, outcome', says: 'Somebody has looked.' },
  'contact.merged': { fields: 'kept, absorbed, merge', says: 'Two are one person.' },
  'contact.assigned-to-lead': { fields: 'lead, contact', says: 'The lead is another person’s.' },
  'lead.held': { fields: 'lead, until, goesOn, from?', says: 'Outside the hours: waits for the opening.' },
  'lead.assigned': {
    fields: 'lead, to, by, dueAt, noticeDueAt, passedOver',
    says: 'Given to its first holder.',
  },
  'lead.given': {
    fields: 'lead, to, by',
    says: 'Given without turn or ten minutes: duplicates, going live.',
  },
  'lead.notified': { fields: 'lead, to, channel, dueAt', says: 'A channel took the notice.' },
  'lead.notification-late': { fields: 'lead, to, dueAt, lateMilliseconds', says: 'Later than five minutes.' },
  'lead.contacted': {
    fields: 'lead, by, evidence',
    says: 'First proven contact, when the product learns of it.',
  },
  'lead.reassigned': {
    fields: 'lead, from, to, by, dueAt, passedOver',
    says: 'Goes from one holder to another.',
  },
  'lead.reassignment-reversed': {
    fields: 'lead, from, to, undone',
    says: 'Late evidence: back to who had it.',
  },
  'lead.reversal-waits': { fields: 'lead, to, waits', says: 'It waits for the new holder’s call to end.' },
  'lead.waiting': { fields: 'lead, queue, why, passedOver', says: 'In the administrator’s queue.' },
  'lead.duplicate': {
    fields: 'lead, of, holder, undone?',
    says: 'The same person came in again, or turned out the same: then `undone` are those for whom it counted.',
  },
  'lead.referral': { fields: 'lead, of, origin', says: 'Counts with the first lead’s source.' },
  'lead.refused': {
    fields: 'lead, why, undone?',
    says: 'A test lead, nobody could be reached, or the person was erased.',
  },
  'lead.forgotten': {
    fields: 'lead',
    says: 'What a refused lead brought is erased: the time to keep it is over.',
  },
  'lead.clock-waits': { fields: 'lead, by, call, until', says: 'On the phone when the ten minutes end.' },
  'lead.audit-listed': { fields: 'lead, holder, dueAt', says: 'The administrator is to look into it.' },
  'lead.frozen': { fields: 'lead, claim', says: 'Nobody may contact.' },
  'lead.released': { fields: 'lead, claim', says: 'Contact is allowed again.' },
  'turn.returned': { fields: 'lead, rotation, person', says: 'A turn is given back.' },
  'miss.struck': { fields: 'lead, who, missedAt', says: 'A miss no longer counts.' },
  'call.intended': { fields: 'intent, lead, by', says: 'Somebody presses «Llamar» and the gate allows it.' },
  'call.dialed': { fields: 'intent, outcome', says: 'What the PBX answered to it.' },
  'contact.allowed': { fields: 'by, lead, channel', says: 'The gate says yes.' },
  'contact.refused': { fields: 'by, lead, channel, why, until?, way?', says: 'The gate says no, and why.' },
  'gate.held': { fields: 'contact, hold', says: 'A hold on a person.' },
  'gate.lifted': { fields: 'contact, hold', says: 'It is lifted.' },
  told: { fields: 'to, channel, about, lead?, values', says: 'A message queued to somebody of the staff.' },
  'draft.opened': { fields: 'draft, by', says: 'A request by mail begins.' },
  'draft.read': {
    fields: 'draft, by, mail, lead, held, image, imageDatedOn, imageTakenAt, firstContact, missing',
    says: 'What could be read of it, this mail included; `held`: `unproven`, `two-leads`.',
  },
  'draft.returned': { fields: 'draft, missing', says: 'What it lacks is asked back in its thread.' },
  'draft.completed': {
    fields: 'draft',
    says: 'It has all that a request must have, and goes on as a claim.',
  },
  'draft.submitted': { fields: 'draft, claim, lead', says: 'It is a claim now.' },
  'draft.stopped': { fields: 'draft, lead, why', says: 'It could not become a claim, and why.' },
  'message.struck': {
    fields: 'message, lead, by, channel',
    says: 'A message that its channel took and never delivered counts for nothing.',
  },
  'thread.read': { fields: 'lead, by', says: 'Somebody has looked at the conversation.' },
  'media.kept': {
    fields: 'media, message, lead, sha256, size, mime',
    says: 'A file of a message is kept, unaltered.',
  },
  'media.lost': { fields: 'media, message, lead, why', says: 'A file of a message cannot be had.' },
  'answer.from-unknown': {
    fields: 'person, question, month',
    says: 'An answer to a question came from a number of nobody’s.',
  },
  'message.accepted': { fields: 'message, channel', says: 'The channel took it.' },
  'message.refused': { fields: 'message, channel, code?', says: 'The channel would not.' },
  'message.unknown': { fields: 'message, channel', says: 'No answer from the channel.' },
  'message.delivered': { fields: 'message, channel', says: 'It arrived.' },
  'message.read': { fields: 'message, channel', says: 'It was read.' },
  'message.failed': { fields: 'message, channel, code?', says: 'It did not arrive.' },
  'message.resent': { fields: 'message, by', says: 'Somebody has it sent once more.' },
  'channel.saved': { fields: 'channel, by', says: 'A channel is set up or changed.' },
  'channel.stopped': { fields: 'channel, code', says: 'A channel sends no more until somebody acts.' },
  'channel.tested': { fields: 'channel, by', says: 'Somebody tries a channel on themselves.' },
  'source.changed': {
    fields: 'source, kind, name, zone, settings, enabled, secretsSet, addressSet',
    says: 'A source of leads or calls is set up or changed.',
  },
  'extension.mapped': {
    fields: 'id, source, person, extension, name, fromAt, untilAt',
    says: 'Whose an extension of the switchboard is, and from when.',
  },
  'deadline.missed': {
    fields: 'what, who, dueAt, lead?',
    says: '`notice`, `first-contact`, `roster`, `roster-confirmation`, `weekly-report`, `evidence`, `ruling`, `follow-up` or `signature`.',
  },
  'fact.refused': { fields: 'fact, why', says: 'A fact that cannot be.' },
  'appointment.reminded': {
    fields: 'appointment, lead, what',
    says: 'Of an appointment somebody was told: `advisor`, `client`, or `ask` (how it went).',
  },
  'appointment.reminder-waits': {
    fields: 'appointment, lead, startsAt',
    says: 'The client may not be reminded while a claim is open (L4): it goes with the ruling.',
  },
  'conversion.below': {
    fields: 'person or zone, month, value, leads, closings',
    says: 'Fewer closings than the aim (a ratio: 0.05).',
  },
  'week.opened': { fields: 'week, remindAt, cutAt', says: 'The instants of a week’s cut.' },
  'week.rescheduled': { fields: 'week, remindAt, cutAt', says: 'A new version moves them.' },
  'week.step': { fields: 'week, step', says: 'One of them has passed: `reminded`, `cut`.' },
  'report.weekly': {
    fields:
      'person, week, version, received, inFollowUp, appointments, opportunities, reservations, leads, gradedAAA, sentAt or missing, late, comment',
    says: 'The week’s report as it was sent, or that it is missing at the cut. What changes later is another version.',
  },
  'leads.behind': {
    fields: 'person, week, count, leads',
    says: 'At the cut: which open leads were not up to date.',
  },
  'claim.opened': { fields: 'claim, lead', says: 'A complete request.' },
  'claim.returned': { fields: 'claim, lead, missing', says: 'An incomplete one.' },
  'claim.proposed': { fields: 'claim, lead, outcome, line', says: 'What the product proposes.' },
  'lead.edit-flagged': {
    fields: 'edit, lead, by, flags, claim?',
    says: 'A change the control area is to look at: `under-claim`, `before-claim`, `of-the-staff`, `source`.',
  },
  'protection.set': {
    fields: 'lead, holder, term, dueAt, remindAt',
    says: 'The clock that runs for the holder: `R4`, `R6`, `R5`, `R8`, or none.',
  },
  'protection.reminded': { fields: 'lead, holder, term, dueAt', says: 'It is about to run out.' },
  'claim.resumed': {
    fields: 'claim, lead, dueAt',
    says: 'The claim before it was ruled; its own terms begin.',
  },
  'claim.holder-excepted': {
    fields: 'claim, lead, until',
    says: 'The holder alone may follow up until then (reading extension.from: notification).',
  },
  'claim.reminded': { fields: 'claim, lead, what, dueAt', says: 'A term is about to end.' },
  'claim.closed': {
    fields: 'claim, lead, why',
    says: 'No ruling: `withdrawn`, `requester-left` or `requester-holds`.',
  },
  'claim.ruled': {
    fields: 'claim, lead, outcome, line, by, otherwise',
    says: 'The ruling; `otherwise`: not as proposed, with reasons.',
  },
  'commission.earned': {
    fields: 'sale, person, role, amount, month',
    says: 'What a closing gives one person.',
  },
  'commission.shared': {
    fields: 'sale, from, role, kind, percent, amount, basis, of, over?',
    says: 'A share of a commission: `retention` or `support`.',
  },
  'commission.split': { fields: 'sale, from, to, role, amount', says: 'The parts of a support share.' },
  'commission.adjusted': {
    fields: 'sale, person, role, part, before, after, amount, why, sanction?, percent?',
    says: 'The difference when something about a closing changed later: `corrected`, `canceled`, `credited`, `sanction`, `overturned`.',
  },
  'sanction.opened': {
    fields: 'sanction, person, breach, by, lead?, sale?, claim?, hearingDueAt',
    says: 'A breach is looked into.',
  },
  'sanction.hearing-closed': { fields: 'sanction, person, dueAt', says: 'The time to answer is over.' },
  'sanction.decided': {
    fields: 'sanction, person, breach, by, percent, sale, month, heard',
    says: 'A person has decided; the closing or the month that bears it.',
  },
  'sanction.overturned': { fields: 'sanction, person, breach, by', says: 'The decision falls.' },
  'audit.handed-over': {
    fields: 'audit, person, handedOver',
    says: 'The open leads that went on by turn, with the tenures that ended.',
  },
  'audit.hearing-closed': { fields: 'audit, person, dueAt', says: 'The time to answer an audit is over.' },
  'audit.upheld': { fields: 'audit, person, by', says: 'What the audit found stands.' },
  'audit.overturned': { fields: 'audit, person, by', says: 'What the audit found falls.' },
};

/** Told by the world outside, and no entries. */
const OUTSIDE: ReadonlySet<string> = new Set(['channel.down', 'channel.up']);

export const knownEntries: ReadonlySet<string> = new Set([
  ...Object.keys(factWords).filter((fact) => !OUTSIDE.has(fact)),
  ...Object.keys(entryWords),
]);
