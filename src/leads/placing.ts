import { localMonth, previousMonth, type Month } from '../calendar/index.ts';
import { tell, type About, type Deciding, type World } from '../decisions/index.ts';
import { houseRule, type Rules } from '../procedures/index.ts';
import { MINUTE, plus, type Instant } from '../platform/time.ts';
import {
  directionFor,
  dutyAt,
  lastReassignedAt,
  managerOf,
  person,
  resultsOf,
  zoneOf,
  type Duty,
} from '../staff/index.ts';
import { rankByResults, type ResultsRow } from './best-results.ts';
import {
  assignmentClauses,
  eligibilityClauses,
  handOverClauses,
  removalClauses,
  tenMinuteClauses,
} from './clauses.ts';
import { heldUntil } from './hours.ts';
import type { Lead } from './lead.ts';
import { holdersSoFar, type GivenBy } from './tenure.ts';
import { lead as leadOf, standings } from './leads-slice.ts';
import { nextTurn, type Turn } from './next-turn.ts';
import { tellAdministrator } from './tell-administrator.ts';

export interface PassedOver {
  readonly person: string;
  readonly why: string;
}

/** Those of this month's roster who would have been asked and cannot take it now. */
function leftOut(duty: Duty, includes: (person: string) => boolean): PassedOver[] {
  return duty.offDuty
    .filter(({ person, why }) => why !== 'not on the roster' && includes(person.id))
    .map(({ person, why }) => ({ person: person.id, why }));
}

/** The ten minutes that begin now, if they run (contact-center-policy L4); null when they wait for the notice. */
export function tenMinutesFrom(deciding: Deciding, from: 'assigned' | 'notified'): Instant | null {
  const { rules, now } = deciding;
  if (rules.cite('contact-center-policy', 'L4') === null) return null;
  if (rules.reading('contact-center-policy', 'tenMinutes.from') !== from) return null;
  return plus(now, rules.parameter('contact-center-policy', 'L4', 'contactMinutes') * MINUTE);
}

/** When the advisor must have been told (lead-assignment P8), counted from `from`. */
function noticeDue(deciding: Deciding, from: Instant): Instant | null {
  const { rules } = deciding;
  if (rules.cite('lead-assignment', 'P8') === null) return null;
  return plus(from, rules.parameter('lead-assignment', 'P8', 'noticeMinutes') * MINUTE);
}

/**
 * The five minutes count from the source's own time when it gives one; for a held lead, from the opening. From now for
 * one that somebody had before, that waited for the administrator, or that was let go later than the opening.
 */
function noticeFrom(deciding: Deciding, lead: Lead): Instant {
  if (lead.paced || lead.stage === 'waiting' || lead.tenures.length > 0) return deciding.now;
  if (lead.heldUntil !== null) return lead.heldUntil;
  const bySource = deciding.rules.reading('lead-assignment', 'notified.from') === 'source';
  // A source whose clock runs ahead gives nobody more time.
  return bySource && lead.sentAt !== null && lead.sentAt < lead.receivedAt ? lead.sentAt : lead.receivedAt;
}

/** Which rotation a lead belongs to (reading turn.pool), and who shares it. A lead of no zone is everybody's. */
function poolOf(deciding: Deciding, lead: Lead): { rotation: string; includes: (person: string) => boolean } {
  const pool = deciding.rules.reading('contact-center-policy', 'turn.pool');
  if (pool === 'zone' && lead.zone !== null) {
    return {
      rotation: `zone:${lead.zone}`,
      includes: (person) => zoneOf(deciding.world, person) === lead.zone,
    };
  }
  if (pool === 'source') return { rotation: `source:${lead.source}`, includes: () => true };
  return { rotation: 'direct', includes: () => true };
}

function told(
  deciding: Deciding,
  lead: string,
  to: string,
  about: About,
  because: readonly string[],
  values = {},
): void {
  tell(deciding, { to, about, because, lead, values: { lead, ...values } });
}

/** Outside the hours a lead waits for the opening, without a holder (contact-center-policy L3). Returns whether it does. */
export function holdOutsideHours(
  deciding: Deciding,
  lead: Lead,
  goesOn: NonNullable<Lead['heldThen']>,
  from: string | null = null,
): boolean {
  const { organization, rules, now } = deciding;
  const until = heldUntil(rules, organization.zone, now);
  const l3 = rules.cite('contact-center-policy', 'L3');
  if (until === null || l3 === null) return false;
  deciding.record({
    entry: 'lead.held',
    kind: 'decision',
    because: [l3],
    lead: lead.id,
    contact: lead.contact,
    fields: { lead: lead.id, until, goesOn, ...(from === null ? {} : { from }) },
  });
  return true;
}

export interface ByTurn {
  readonly by: GivenBy;
  /** The one it is taken from, when it is not new. */
  readonly from?: string | null;
  /** Whether the ten minutes run for the one who receives it. */
  readonly clock: boolean;
  readonly because?: readonly string[];
  /** Only these may take it now (held.release: paced). */
  readonly only?: (person: string) => boolean;
}

export interface Choice {
  /** Null when nobody may take it now. */
  readonly turn: Turn | null;
  readonly rotation: string;
  readonly passedOver: readonly PassedOver[];
  /** Somebody on duty could take it, and is only busy with a held lead (held.release: paced). */
  readonly busy: boolean;
}

/** Whose turn it is for this lead. */
export function chooseByTurn(deciding: Deciding, lead: Lead, only?: (person: string) => boolean): Choice {
  const { world, rules, now } = deciding;
  const { rotation, includes } = poolOf(deciding, lead);
  const held = holdersSoFar(lead);
  const duty = dutyAt(world, now, rules);
  const passedOver = leftOut(duty, includes);
  const candidates: { person: string }[] = [];
  let busy = false;
  for (const { id } of duty.onDuty) {
    if (!includes(id)) continue;
    if (held.has(id)) passedOver.push({ person: id, why: 'held this lead before' });
    else if (only !== undefined && !only(id)) {
      busy = true;
      passedOver.push({ person: id, why: 'has a held lead to contact first' });
    } else candidates.push({ person: id });
  }
  return { turn: nextTurn(candidates, standings(world, rotation)), rotation, passedOver, busy };
}

/** Gives a lead to the one whose turn it is; false with nobody to take it. */
export function giveByTurn(deciding: Deciding, lead: Lead, how: ByTurn): boolean {
  const { turn, rotation, passedOver } = chooseByTurn(deciding, lead, how.only);
  if (turn === null) return false;
  give(deciding, lead, { ...how, to: turn.person, rotation, stamp: turn.stamp, passedOver });
  return true;
}

export interface Giving extends ByTurn {
  readonly to: string;
  readonly rotation?: string | null;
  readonly stamp?: number;
  readonly passedOver?: readonly PassedOver[];
}

/** The one place where a lead gets a holder: the entry, the clocks, and the notice to the one who receives it. */
export function give(deciding: Deciding, lead: Lead, giving: Giving): void {
  const { to, by, from = null, rotation = null, stamp, clock } = giving;
  const because = giving.because ?? assignmentClauses(deciding.rules);
  const dueAt = clock ? tenMinutesFrom(deciding, 'assigned') : null;
  const noticeDueAt = noticeDue(deciding, noticeFrom(deciding, lead));
  const over = deciding.rules.governing('assignment')?.over ?? [];
  deciding.record({
    entry: from === null ? 'lead.assigned' : 'lead.reassigned',
    kind: 'decision',
    because,
    lead: lead.id,
    contact: lead.contact,
    person: to,
    fields: {
      lead: lead.id,
      ...(from === null ? {} : { from }),
      to,
      by,
      rotation,
      ...(stamp === undefined ? {} : { stamp }),
      clock,
      // An own prospect is none of the leads that the company generates (lead-assignment O1).
      ...(by === 'registered' ? { counts: false } : {}),
      dueAt,
      noticeDueAt,
      passedOver: (giving.passedOver ?? []).map(({ person, why }) => ({ person, why })),
      ...(from === null && over.length > 0 ? { over: [...over] } : {}),
    },
  });
  told(deciding, lead.id, to, from === null ? 'lead.assigned' : 'lead.reassigned', because, { dueAt, by });
}

/** Nobody can take it: it waits in the administrator's queue, and the administrator is told at once. */
export function waitForAdministrator(
  deciding: Deciding,
  lead: Lead,
  why: string,
  because: readonly string[],
  detail: { readonly from?: string | null; readonly passedOver?: readonly PassedOver[] } = {},
): void {
  deciding.record({
    entry: 'lead.waiting',
    kind: 'decision',
    because,
    lead: lead.id,
    contact: lead.contact,
    fields: {
      lead: lead.id,
      queue: 'administrator',
      why,
      ...(detail.from == null ? {} : { from: detail.from }),
      passedOver: (detail.passedOver ?? []).map(({ person, why: reason }) => ({ person, why: reason })),
    },
  });
  tellAdministrator(deciding, { about: 'lead.waiting', because, lead: lead.id, values: { why } });
}

/** A new lead, or a held one at its opening: by turn, else to the administrator. */
export function placeNew(deciding: Deciding, lead: Lead, only?: (person: string) => boolean): void {
  const { turn, rotation, passedOver } = chooseByTurn(deciding, lead, only);
  const because = eligibilityClauses(deciding.rules, passedOver);
  if (turn === null) waitForAdministrator(deciding, lead, 'nobody on duty', because, { passedOver });
  else
    give(deciding, lead, {
      to: turn.person,
      by: 'turn',
      rotation,
      stamp: turn.stamp,
      clock: true,
      because,
      passedOver,
    });
}

function nobodyOnDuty(deciding: Deciding, lead: Lead, because: readonly string[], from: string | null): void {
  const { passedOver } = chooseByTurn(deciding, lead);
  waitForAdministrator(deciding, lead, 'nobody on duty', because, { from, passedOver });
}

/** The holder cannot attend to it: by turn to one who has not held it; after the hours, at the opening. */
export function passOn(deciding: Deciding, lead: Lead, from: string): void {
  const because = [houseRule('passed-on')];
  if (holdOutsideHours(deciding, lead, 'passed-on', from)) return;
  const contacted = lead.tenures.some((t) => t.voidAt === null && t.contactedAt !== null);
  if (!giveByTurn(deciding, lead, { by: 'passed-on', from, clock: !contacted, because }))
    nobodyOnDuty(deciding, lead, because, from);
}

/**
 * By the direct turn, and told. Of one who left (lead-reassignment L9) the ten minutes do not run again; of one who was
 * taken off the roster (lead-assignment P11) they run where nobody has reached the person yet.
 */
export function handOver(deciding: Deciding, lead: Lead, from: string): void {
  const left = person(deciding.world, from)?.leftAt !== null;
  const because = left ? handOverClauses(deciding.rules) : removalClauses(deciding.rules);
  const clock = !left && !lead.tenures.some((t) => t.voidAt === null && t.contactedAt !== null);
  if (holdOutsideHours(deciding, lead, 'hand-over', from)) return;
  if (giveByTurn(deciding, lead, { by: 'hand-over', from, clock, because })) return;
  nobodyOnDuty(deciding, lead, because, from);
}

/** The first `best.top` of these people by last month's results (readings best.results, best.top), best first. */
export function bestOf(world: World, rules: Rules, month: Month, people: readonly string[]): ResultsRow[] {
  const lastMonth = previousMonth(month);
  const rows = people.map((person) => {
    const { closings, conversion } = resultsOf(world, lastMonth, person);
    const last = lastReassignedAt(world, [month, lastMonth], person);
    return { person, closings, conversion, lastReassignedAt: last };
  });
  const ranked = rankByResults(rows, rules.reading('contact-center-policy', 'best.results'));
  return ranked.slice(0, rules.reading('contact-center-policy', 'best.top'));
}

/** The rotation in which the best of a pool take turns. */
export function bestRotation(rotation: string): string {
  return rotation === 'direct' ? 'best' : `best:${rotation}`;
}

/**
 * contact-center-policy L4: to one of the advisors with the best results. Left out first: those not on duty and those who
 * already held this lead; then the first best.top take turns in a rotation of their own. The one who gets it is told.
 */
export function giveByResults(deciding: Deciding, lead: Lead, from: string): void {
  const { world, rules, now, organization } = deciding;
  const because = tenMinuteClauses(rules);
  const duty = dutyAt(world, now, rules);
  const held = holdersSoFar(lead);
  const pool = poolOf(deciding, lead);
  const passedOver = leftOut(duty, pool.includes);
  const candidates: string[] = [];
  for (const { id } of duty.onDuty) {
    if (!pool.includes(id)) continue;
    if (held.has(id)) passedOver.push({ person: id, why: 'held this lead before' });
    else candidates.push(id);
  }
  const best = bestOf(world, rules, localMonth(now, organization.zone), candidates);
  const rotation = bestRotation(pool.rotation);
  const turn = nextTurn(best, standings(world, rotation));
  if (turn === null) waitForAdministrator(deciding, lead, 'nobody left', because, { from, passedOver });
  else
    give(deciding, lead, {
      to: turn.person,
      by: 'best',
      from,
      rotation,
      stamp: turn.stamp,
      clock: true,
      because,
      passedOver,
    });
}

/**
 * The advisor who missed it, the manager and the direction (contact-center-policy L4): once, when the lead is taken. Whoever
 * gets it at the next opening is told then, and nobody is told of the same miss again.
 */
export function tellOfMiss(deciding: Deciding, lead: string, from: string, because: readonly string[]): void {
  const to = leadOf(deciding.world, lead)?.holder ?? null;
  const manager = managerOf(deciding.world, from);
  const people = new Set([from, ...(manager === undefined ? [] : [manager.id])]);
  for (const { id } of directionFor(deciding.world, from)) people.add(id);
  for (const person of people)
    told(deciding, lead, person, person === from ? 'lead.taken' : 'lead.missed', because, { from, to });
}
