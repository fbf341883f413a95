import { callsOfLead, type Call } from '../calls/index.ts';
import { asJson, tell, type Deciding } from '../decisions/index.ts';
import { HOUR, MINUTE, plus, type Instant } from '../platform/time.ts';
import { dutyAt, ofRole } from '../staff/index.ts';
import { tenMinuteClauses } from './clauses.ts';
import { judgeCall, type EvidenceReadings, type Judgement } from './first-contact.ts';
import { currentTenure, type Lead, type Tenure } from './lead.ts';
import { lead as leadOf, leadsSlice } from './leads-slice.ts';
import { giveByResults, holdOutsideHours, placeNew, tellOfMiss, tenMinutesFrom } from './placing.ts';

/** A call whose end the PBX never reports is waited for no longer than this. */
const CALL_WAIT_MAX = 2 * HOUR;

export function evidenceReadings(
  deciding: Deciding,
  at: Instant,
): EvidenceReadings & { readonly messageCounts: boolean } {
  const rules = deciding.rulesAt(at);
  return {
    evidence: rules.reading('contact-center-policy', 'contact.evidence'),
    ringSecondsMin: rules.reading('contact-center-policy', 'contact.ringSecondsMin'),
    talkSecondsMin: rules.reading('contact-center-policy', 'contact.talkSecondsMin'),
    messageCounts: rules.reading('contact-center-policy', 'contact.messageCounts'),
  };
}

function judge(deciding: Deciding, call: Call, tenure: Tenure): Judgement {
  const term = { holder: tenure.person, from: tenure.since, dueAt: tenure.dueAt };
  return judgeCall(call, term, evidenceReadings(deciding, tenure.since));
}

/** The end of the ten minutes: contacted, on the phone right now, or missed (contact-center-policy L4). */
export function tenMinutesOver(deciding: Deciding, lead: Lead): void {
  const tenure = currentTenure(lead);
  if (tenure === undefined || lead.dueAt === null) return;
  const calls = callsOfLead(deciding.world, lead.id);
  const onThePhone = calls.find((call) => judge(deciding, call, tenure) === 'in-progress');
  if (onThePhone !== undefined) {
    deciding.record({
      entry: 'lead.clock-waits',
      kind: 'decision',
      because: tenMinuteClauses(deciding.rules),
      lead: lead.id,
      person: tenure.person,
      fields: {
        lead: lead.id,
        by: tenure.person,
        call: onThePhone.id,
        until: plus(deciding.now, CALL_WAIT_MAX),
      },
    });
    return;
  }
  miss(deciding, lead, tenure, lead.dueAt);
}

/** The call that was waited for has not ended in two hours, or nobody told: it proves nothing any more. */
export function callWaitOver(deciding: Deciding, lead: Lead): void {
  const tenure = currentTenure(lead);
  if (tenure !== undefined && lead.dueAt !== null) miss(deciding, lead, tenure, lead.dueAt);
}

function miss(deciding: Deciding, lead: Lead, tenure: Tenure, dueAt: Instant): void {
  const because = tenMinuteClauses(deciding.rules);
  const from = tenure.person;
  deciding.record({
    entry: 'deadline.missed',
    kind: 'decision',
    because,
    lead: lead.id,
    contact: lead.contact,
    person: from,
    fields: { what: 'first-contact', who: from, lead: lead.id, dueAt },
  });
  const now = leadOf(deciding.world, lead.id) ?? lead;
  if (deciding.rules.reading('contact-center-policy', 'reassign.by') === 'administrator') {
    deciding.record({
      entry: 'lead.audit-listed',
      kind: 'decision',
      because,
      lead: lead.id,
      person: from,
      fields: { lead: lead.id, holder: from, dueAt },
    });
    for (const { id } of ofRole(deciding.world, 'administrator')) {
      tell(deciding, {
        to: id,
        about: 'lead.audit',
        because,
        lead: lead.id,
        values: { lead: lead.id, from },
      });
    }
  } else if (holdOutsideHours(deciding, now, 'best', from)) tellOfMiss(deciding, lead.id, from, because);
  else giveByResults(deciding, now, from);
  releasePaced(deciding);
}

/** A call has ended, or is told of after its end: it may prove contact, in time or after all. */
export function callHeard(deciding: Deciding, leadId: string, call: Call): void {
  const lead = leadOf(deciding.world, leadId);
  // Who was erased, or never was, comes back to nobody by a call told of later.
  if (lead === undefined || call.by === null || lead.stage === 'refused') return;
  const tenure = tenureOfCall(lead, call);
  if (tenure === undefined) return;
  const judgement = judge(deciding, call, tenure);
  const current = currentTenure(lead) === tenure;
  if (judgement === 'unclear') showAdministrator(deciding, lead, call);
  if (judgement === 'proves' && isNoted(deciding, tenure)) {
    if (tenure.missedAt !== null && tenure.struckAt === null)
      return lateEvidence(deciding, lead, tenure, call, current);
    if (tenure.contactedAt === null) contacted(deciding, lead, tenure.person, callEvidence(call));
    return;
  }
  if (current) afterCallThatProvesNothing(deciding, lead, tenure, call, judgement);
}

/** The call was the holder's, but late or too short. Late contact still is contact; a clock that waited for it goes on. */
function afterCallThatProvesNothing(
  deciding: Deciding,
  lead: Lead,
  tenure: Tenure,
  call: Call,
  judgement: Judgement,
): void {
  const late = judge(deciding, call, { ...tenure, dueAt: null }) === 'proves';
  const clockOver = tenure.dueAt === null || tenure.missedAt !== null;
  if (late && clockOver && tenure.contactedAt === null) {
    contacted(deciding, lead, tenure.person, callEvidence(call));
    return;
  }
  if (lead.waitsForCall === call.id && judgement !== 'in-progress' && lead.dueAt !== null) {
    miss(deciding, lead, tenure, lead.dueAt);
  }
}

/** The latest tenure of the caller that the call belongs to: begun before the call, and not over when it started. */
function tenureOfCall(lead: Lead, call: Call): Tenure | undefined {
  return lead.tenures.findLast(
    (t) =>
      t.person === call.by &&
      t.voidAt === null &&
      t.since <= call.startedAt &&
      (t.until === null || call.startedAt <= t.until),
  );
}

/** Reading contact.evidence: pbx-and-crm asks for a note or grade by the advisor inside the term too. */
function isNoted(deciding: Deciding, tenure: Tenure): boolean {
  if (evidenceReadings(deciding, tenure.since).evidence !== 'pbx-and-crm') return true;
  return tenure.notedAt !== null && (tenure.dueAt === null || tenure.notedAt <= tenure.dueAt);
}

/** A note came: with pbx-and-crm a call already heard may now count. */
export function noteHeard(deciding: Deciding, leadId: string, by: string): void {
  const lead = leadOf(deciding.world, leadId);
  const tenure = lead === undefined ? undefined : currentTenure(lead);
  if (lead === undefined || tenure?.person !== by || tenure.contactedAt !== null) return;
  if (evidenceReadings(deciding, tenure.since).evidence !== 'pbx-and-crm' || !isNoted(deciding, tenure))
    return;
  const proof = callsOfLead(deciding.world, lead.id).find(
    (call) => judge(deciding, call, tenure) === 'proves',
  );
  if (proof !== undefined) contacted(deciding, lead, by, callEvidence(proof));
}

/** Reading contact.messageCounts: a message by the holder inside the term is contact. */
export function messageHeard(deciding: Deciding, leadId: string, by: string, channel: string): void {
  const lead = leadOf(deciding.world, leadId);
  const tenure = lead === undefined ? undefined : currentTenure(lead);
  if (lead === undefined || tenure?.person !== by || tenure.contactedAt !== null) return;
  const inTime = tenure.dueAt === null || deciding.now <= tenure.dueAt;
  if (!inTime || !evidenceReadings(deciding, tenure.since).messageCounts) return;
  contacted(deciding, lead, by, { kind: 'message', channel, startedAt: deciding.now });
}

function callEvidence(call: Call): { readonly [field: string]: string | number | boolean | null } {
  const { id, direction, startedAt, answered, ringSeconds, talkSeconds } = call;
  return { kind: 'call', call: id, direction, startedAt, answered, ringSeconds, talkSeconds };
}

function contacted(
  deciding: Deciding,
  lead: Lead,
  by: string,
  evidence: { readonly [field: string]: string | number | boolean | null },
): void {
  deciding.record({
    entry: 'lead.contacted',
    kind: 'decision',
    because: tenMinuteClauses(deciding.rules),
    lead: lead.id,
    contact: lead.contact,
    person: by,
    fields: { lead: lead.id, by, evidence: asJson(evidence) },
  });
  releasePaced(deciding);
}

/**
 * A call that began in time is told of after the lead was taken away. The lead goes back, with its counters and the turns
 * given meanwhile, unless the new holder has already reached the prospect (or is on the phone with them): then it stays,
 * the miss is struck out, and the administrator is told.
 */
function lateEvidence(deciding: Deciding, lead: Lead, tenure: Tenure, call: Call, current: boolean): void {
  const because = tenMinuteClauses(deciding.rules);
  const { person, missedAt } = tenure;
  contacted(deciding, lead, person, callEvidence(call));
  if (!current && !someoneElseReached(deciding, lead, tenure)) {
    const undone = lead.tenures.slice(lead.tenures.indexOf(tenure) + 1).filter((t) => t.voidAt === null);
    deciding.record({
      entry: 'lead.reassignment-reversed',
      kind: 'decision',
      because,
      lead: lead.id,
      contact: lead.contact,
      person,
      fields: {
        lead: lead.id,
        from: lead.holder,
        to: person,
        undone: undone.map((t) => ({ person: t.person, at: t.since })),
      },
    });
    for (const other of undone) undo(deciding, lead, other, because);
    const people = new Set([person, ...undone.map((t) => t.person)]);
    for (const to of people) {
      tell(deciding, {
        to,
        about: 'lead.reversed',
        because,
        lead: lead.id,
        values: { lead: lead.id, to: person },
      });
    }
  } else if (!current) {
    for (const { id } of ofRole(deciding.world, 'administrator')) {
      tell(deciding, {
        to: id,
        about: 'lead.late-evidence',
        because,
        lead: lead.id,
        values: { lead: lead.id, person },
      });
    }
  }
  strike(deciding, lead, person, missedAt, because);
}

function someoneElseReached(deciding: Deciding, lead: Lead, tenure: Tenure): boolean {
  const later = lead.tenures.slice(lead.tenures.indexOf(tenure) + 1).filter((t) => t.voidAt === null);
  return later.some(
    (t) =>
      t.contactedAt !== null ||
      callsOfLead(deciding.world, lead.id).some(
        (call) => t.until === null && judge(deciding, call, t) === 'in-progress',
      ),
  );
}

/** What was given in error leaves no trace in the counters: the turn goes back to its rotation, a miss is struck out. */
function undo(deciding: Deciding, lead: Lead, tenure: Tenure, because: readonly string[]): void {
  if (tenure.rotation !== null) {
    deciding.record({
      entry: 'turn.returned',
      kind: 'decision',
      because,
      lead: lead.id,
      person: tenure.person,
      fields: { lead: lead.id, rotation: tenure.rotation, person: tenure.person },
    });
  }
  if (tenure.missedAt !== null && tenure.struckAt === null)
    strike(deciding, lead, tenure.person, tenure.missedAt, because);
}

export function strike(
  deciding: Deciding,
  lead: Lead,
  who: string,
  missedAt: Instant | null,
  because: readonly string[],
): void {
  deciding.record({
    entry: 'miss.struck',
    kind: 'decision',
    because,
    lead: lead.id,
    person: who,
    fields: { lead: lead.id, who, missedAt },
  });
}

/** A call nobody answered, of which the PBX does not say how long it rang: the administrator looks at it. */
function showAdministrator(deciding: Deciding, lead: Lead, call: Call): void {
  const because = tenMinuteClauses(deciding.rules);
  for (const { id } of ofRole(deciding.world, 'administrator')) {
    const values = { lead: lead.id, by: call.by, call: call.id };
    tell(deciding, { to: id, about: 'lead.unclear-evidence', because, lead: lead.id, values });
  }
}

/** The advisor was told (lead-assignment P8): in time or late; the ten minutes may begin here (tenMinutes.from). */
export function noticeGiven(deciding: Deciding, lead: Lead, to: string, channel: string): void {
  if (lead.holder !== to || lead.notifiedAt !== null) return;
  const p8 = deciding.rules.cite('lead-assignment', 'P8');
  const wasDue = lead.noticeDueAt;
  const runs = lead.contactedAt === null && currentTenure(lead)?.by !== 'hand-over';
  deciding.record({
    entry: 'lead.notified',
    kind: 'decision',
    because: p8 === null ? tenMinuteClauses(deciding.rules) : [p8],
    lead: lead.id,
    contact: lead.contact,
    person: to,
    fields: { lead: lead.id, to, channel, dueAt: runs ? tenMinutesFrom(deciding, 'notified') : null },
  });
  if (wasDue !== null && deciding.now > wasDue) noticeMissed(deciding, lead, to, wasDue);
}

/** lead-assignment P8: five minutes have passed and the advisor has not been told, or was told later than that. */
export function noticeMissed(deciding: Deciding, lead: Lead, to: string, dueAt: Instant): void {
  const p8 = deciding.rules.cite('lead-assignment', 'P8');
  if (p8 === null) return;
  deciding.record({
    entry: 'deadline.missed',
    kind: 'decision',
    because: [p8],
    lead: lead.id,
    person: to,
    fields: { what: 'notice', who: to, lead: lead.id, dueAt },
  });
  deciding.record({
    entry: 'lead.notification-late',
    kind: 'decision',
    because: [p8],
    lead: lead.id,
    contact: lead.contact,
    person: to,
    fields: { lead: lead.id, to, dueAt, lateMilliseconds: Date.parse(deciding.now) - Date.parse(dueAt) },
  });
  for (const { id } of ofRole(deciding.world, 'administrator')) {
    tell(deciding, {
      to: id,
      about: 'lead.notification-late',
      because: [p8],
      lead: lead.id,
      values: { lead: lead.id, to },
    });
  }
}

/** An advisor is done with the held lead before: the next one that waits is theirs to take (held.release: paced). */
export function releasePaced(deciding: Deciding): void {
  const waiting = deciding.world
    .get(leadsSlice)
    .leads.values()
    .filter((lead) => lead.stage === 'held' && lead.paced)
    .sort((a, b) => a.number - b.number);
  for (const lead of waiting) {
    if (!giveIfFree(deciding, lead)) return;
  }
}

/** True when the lead left the held queue. */
function giveIfFree(deciding: Deciding, lead: Lead): boolean {
  const busy = busyWithClock(deciding);
  if (isAnyoneFree(deciding, busy)) {
    placeNew(deciding, lead, (person) => !busy.has(person));
    return true;
  }
  return false;
}

export function busyWithClock(deciding: Deciding): ReadonlySet<string> {
  const running = deciding.world
    .get(leadsSlice)
    .leads.values()
    .filter((lead) => lead.holder !== null && lead.dueAt !== null);
  return new Set(running.map((lead) => lead.holder ?? ''));
}

function isAnyoneFree(deciding: Deciding, busy: ReadonlySet<string>): boolean {
  return dutyAt(deciding.world, deciding.now, deciding.rules).onDuty.some(({ id }) => !busy.has(id));
}
