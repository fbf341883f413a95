import { MINUTE, plus, SECOND, type Instant } from '../src/platform/time.ts';
import { handlingOf, toldAfter } from './habits.ts';
import { holdersIn } from './past-holders.ts';
import { followThrough } from './past-sales.ts';
import { PASSING_REASONS } from './phrases.ts';
import { chance, pick, seededFor, whole } from './random.ts';
import type { SampleOrganization } from './sample-organization.ts';
import type { SimulatedHouse, Told } from './simulated-house.ts';

export interface PastParts {
  readonly house: SimulatedHouse;
  readonly sample: SampleOrganization;
  readonly seed: number;
  readonly until: Instant;
}

/** Notices are taken and read, advisors call, note, grade, pass on and sell, each by the habits of their own. */
export function liveThrough({ house, sample, seed, until }: PastParts, quietFrom: Instant): void {
  let calls = 0;
  const holderOf = holdersIn(house);
  house.onEntry((entry) => {
    const { fields, at } = entry;
    if (entry.entry === 'told')
      notices.push({ message: text(fields['message']), channel: text(fields['channel']) });
    if (entry.entry === 'told' && notices.length === 1)
      house.at(plus(at, whole(chances, 1, 6) * SECOND), deliver);
    // Who registers somebody themselves has a story of its own.
    const isByTurn = entry.entry === 'lead.assigned' && fields['by'] !== 'registered';
    const isGiven = isByTurn || entry.entry === 'lead.reassigned';
    if (isGiven && entry.lead != null && at < quietFrom)
      attend(entry.lead, text(fields['to']), at, fields['clock'] === true);
  });
  const chances = seededFor(seed, 'chances');
  const followOn = followThrough({ house, sample, seed, until, holderOf });
  const notices: { message: string; channel: string }[] = [];

  async function deliver(): Promise<void> {
    const outcomes = notices.splice(0).flatMap(({ message, channel }) => {
      const outcome = { fact: 'message.outcome', actor: channel, message, channel };
      const providerId = `wamid.${message}`;
      return [
        { ...outcome, outcome: 'accepted', providerId },
        ...(chance(chances, 0.9)
          ? [{ ...outcome, outcome: chance(chances, 0.7) ? 'read' : 'delivered' }]
          : []),
      ];
    });
    await house.submit(...outcomes);
  }

  function attend(lead: string, by: string, at: Instant, hasClock: boolean): void {
    const handling = handlingOf(seed, lead, by);
    if (handling.call === null) {
      // With no ten minutes to run there is a tomorrow.
      if (!hasClock) followOn(lead, by, { at: plus(at, 30 * MINUTE), answered: false });
      return;
    }
    if (chance(chances, 0.012))
      return plan(plus(at, 90 * SECOND), { fact: 'lead.passed', reason: pick(chances, PASSING_REASONS) });
    const { startsAfter, ringSeconds, talkSeconds } = handling.call;
    const startedAt = plus(at, startsAfter);
    const call = {
      call: `history-${(calls += 1)}`,
      direction: 'out',
      startedAt,
      answered: talkSeconds > 0,
      ringSeconds,
      talkSeconds,
    };
    plan(plus(at, toldAfter(handling.call)), { fact: 'call.reported', actor: 'pbx', ...call });
    const writing: Told[] = [];
    if (handling.note !== null) writing.push({ fact: 'note', actor: by, by, lead, text: handling.note });
    if (handling.grade !== null)
      writing.push({
        fact: 'lead.graded',
        actor: by,
        by,
        lead,
        grade: handling.grade[0],
        reason: handling.grade[1],
      });
    if (writing.length > 0) planAll(plus(at, handling.writesAfter), writing);
    followOn(lead, by, { at: plus(at, handling.writesAfter), answered: talkSeconds > 0 });

    function plan(when: Instant, told: { fact: string; [field: string]: unknown }): void {
      planAll(when, [{ actor: by, by, lead, ...told }]);
    }
  }

  function planAll(when: Instant, told: readonly Told[]): void {
    if (when < until) house.at(when, async () => void (await house.submit(...told)));
  }
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('an id is expected');
  return value;
}
