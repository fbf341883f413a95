import { MINUTE, plus, type Instant } from '../src/platform/time.ts';
import { arrivalFact } from './arrival-fact.ts';
import type { HistoryParts } from './history.ts';
import { fullName } from './names.ts';
import { prospect } from './people.ts';
import { holdersIn } from './past-holders.ts';
import { chance, seededFor, whole } from './random.ts';

/** Of those who came to their visit, who recommends somebody. */
const SHARE = 0.12;

/** After a visit some clients recommend a friend, whom the advisor registers (contact-center-policy L8). */
export function referThrough({ house, sample, seed, until }: HistoryParts, quietFrom: Instant): void {
  const holderOf = holdersIn(house);
  house.onEntry(({ entry, at, lead }) => {
    if (entry !== 'appointment.held' || lead == null || at >= quietFrom) return;
    const random = seededFor(seed, 'referral', lead);
    if (!chance(random, SHARE)) return;
    const when = plus(at, whole(random, 15, 60) * MINUTE);
    if (when < quietFrom && when < until) house.at(when, () => register(lead, random));
  });

  async function register(of: string, random: () => number): Promise<void> {
    const by = holderOf(of);
    if (by === undefined) return;
    const { name, phone, email } = prospect(random, sample.country);
    const body = { source: 'referral', name: fullName(name), phone, email };
    const arrival = arrivalFact(body, sample, { lead: house.newId(), now: house.now() });
    await house.submit({
      ...arrival,
      fact: 'lead.registered',
      actor: by,
      by,
      sourceId: null,
      referredBy: of,
    });
  }
}
