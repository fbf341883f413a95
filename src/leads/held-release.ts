import { atLocal, DAY, localDate, localMonth } from '../calendar/index.ts';
import type { Deciding } from '../decisions/index.ts';
import { plus, type Instant } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';
import { shiftsOf } from '../staff/index.ts';
import { isClockOpen, type Lead } from './lead.ts';
import { leadsSlice, pacedLeads } from './leads-slice.ts';
import { chooseByTurn, giveByResults, handOver, holdOutsideHours, passOn, type Choice } from './placing.ts';
import { placeHeld } from './receive.ts';

/** The opening: each held lead goes on, first come, first served; paced, only as far as somebody is free. */
export function openHeld(deciding: Deciding, lead: Lead): void {
  const from = lead.takenFrom;
  // A freeze may have outlasted the opening for which it waited.
  if (lead.heldThen !== null && holdOutsideHours(deciding, lead, lead.heldThen, from)) return undefined;
  if (lead.heldThen === 'best' && from !== null) return giveByResults(deciding, lead, from);
  if (lead.heldThen === 'hand-over' && from !== null) return handOver(deciding, lead, from);
  if (lead.heldThen === 'passed-on' && from !== null) return passOn(deciding, lead, from);
  if (!isPaced(deciding)) return placeHeld(deciding, lead);
  waitForSomebody(deciding, lead, nextGuard(deciding, chooseByTurn(deciding, lead)));
  return releasePaced(deciding);
}

function waitForSomebody(deciding: Deciding, lead: Lead, guardBeginsAt: Instant | null): void {
  deciding.record({
    entry: 'lead.held',
    kind: 'decision',
    because: [deciding.rules.cite('contact-center-policy', 'L3') ?? houseRule('assignment')],
    lead: lead.id,
    contact: lead.contact,
    fields: {
      lead: lead.id,
      until: lead.heldUntil,
      goesOn: 'turn',
      paced: true,
      ...(guardBeginsAt === null ? {} : { guardBeginsAt }),
    },
  });
}

/**
 * Reading held.release: paced. Whenever somebody may have become free (contacted, missed, passed on, back from an absence,
 * confirmed, a guard that begins), the leads that wait past their opening go on in the order in which they arrived, as far
 * as there is somebody without a lead still to contact. With nobody on guard they wait for the day's next guard; with none
 * to come, the administrator is told. Closing time holds the rest until the next opening.
 */
export function releasePaced(deciding: Deciding): void {
  const waiting = pacedLeads(deciding.world).toSorted((a, b) => a.number - b.number);
  for (const lead of waiting) {
    if (holdOutsideHours(deciding, lead, 'turn')) continue;
    const busy = isPaced(deciding) ? busyPeople(deciding) : NOBODY;
    const isFree = (person: string): boolean => !busy.has(person);
    const choice = chooseByTurn(deciding, lead, isFree);
    const guardBeginsAt = choice.turn === null && isPaced(deciding) ? nextGuard(deciding, choice) : null;
    // Nobody free, but somebody will be; another rotation's leads behind this one may still go on.
    if (choice.turn === null && (choice.busy || guardBeginsAt !== null)) {
      if (guardBeginsAt !== lead.waitEndsAt) waitForSomebody(deciding, lead, guardBeginsAt);
      continue;
    }
    placeHeld(deciding, lead, isFree);
  }
}

/** When the next guard of today begins whose advisor could take the lead then: there is nothing else against them now. */
function nextGuard({ world, organization, now }: Deciding, { passedOver }: Choice): Instant | null {
  const today = localDate(now, organization.zone);
  const month = localMonth(now, organization.zone);
  const begin = passedOver
    .filter(({ why }) => why === 'off shift')
    .flatMap(({ person }) => shiftsOf(world, month, person))
    .filter(({ on }) => on === today)
    .map(({ on, from }) => atLocal(`${on}T${from}`, organization.zone))
    .filter((at) => at > now);
  return begin.toSorted()[0] ?? null;
}

const NOBODY: ReadonlySet<string> = new Set();

/** A version that no longer paces lets go of what still waits, at the next occasion. */
function isPaced({ rules }: Deciding): boolean {
  return rules.reading('contact-center-policy', 'held.release') === 'paced';
}

/** A lead that its holder was never told of, where the term counts from the notice, keeps them busy no longer than this. */
export const BUSY_MAX = DAY;

function busyPeople(deciding: Deciding): ReadonlySet<string> {
  const since = plus(deciding.now, -BUSY_MAX);
  const open = deciding.world
    .get(leadsSlice)
    .leads.values()
    .filter((lead) => isClockOpen(lead) && (lead.dueAt !== null || (lead.assignedAt ?? since) >= since));
  return new Set(open.map((lead) => lead.holder ?? ''));
}
