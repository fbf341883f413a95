import { MINUTE, plus, SECOND, type Instant } from '../src/platform/time.ts';
import type { HistoryParts } from './history.ts';
import { holdersIn } from './past-holders.ts';
import { ADVISOR_ANSWERS, CLIENT_ANSWERS } from './phrases.ts';
import { chance, pick, seededFor, whole, type Random } from './random.ts';

/** Of those who were reached; of those, who writes back, and who is answered. */
const SHARES = { written: 0.2, answered: 0.7, again: 0.75 } as const;

/** After the first call some advisors write by WhatsApp; most clients write back, and most of these are answered. */
export function converseThrough({ house, seed, until }: HistoryParts, quietFrom: Instant): void {
  const holderOf = holdersIn(house);
  const written = new Set<string>();
  house.onEntry(({ entry, at, lead, person }) => {
    if (entry !== 'lead.contacted' || lead == null || person == null || at >= quietFrom || written.has(lead))
      return;
    const random = seededFor(seed, 'conversation', lead);
    if (!chance(random, SHARES.written)) return;
    written.add(lead);
    plan(plus(at, whole(random, 12, 40) * MINUTE), () => converse(lead, person, random));
  });

  function plan(when: Instant, act: () => Promise<void>): void {
    if (when < until) house.at(when, act);
  }

  async function converse(lead: string, by: string, random: Random): Promise<void> {
    if (holderOf(lead) !== by) return;
    await write(lead, by, { template: 'follow-up', text: null });
    if (!chance(random, SHARES.answered)) return;
    plan(plus(house.now(), whole(random, 4, 90) * MINUTE), async () => {
      await hear(lead, pick(random, CLIENT_ANSWERS));
      if (!chance(random, SHARES.again)) return;
      plan(plus(house.now(), whole(random, 3, 45) * MINUTE), async () => {
        if (holderOf(lead) === by)
          await write(lead, by, { template: null, text: pick(random, ADVISOR_ANSWERS) });
      });
    });
  }

  async function write(
    lead: string,
    by: string,
    words: { readonly template: string | null; readonly text: string | null },
  ): Promise<void> {
    const message = house.newId();
    const [outcome] = await house.submit({
      fact: 'message.written',
      actor: by,
      message,
      lead,
      by,
      channel: 'whatsapp',
      ...words,
    });
    if (outcome?.entries.some(({ entry }) => entry === 'message.written') !== true) return;
    const became = { fact: 'message.outcome', actor: 'whatsapp', message, channel: 'whatsapp' };
    plan(plus(house.now(), 7 * SECOND), async () => {
      await house.submit({ ...became, outcome: 'accepted', providerId: `wamid.${message}` });
    });
    plan(
      plus(house.now(), 3 * MINUTE),
      async () => void (await house.submit({ ...became, outcome: 'read' })),
    );
  }

  async function hear(lead: string, text: string): Promise<void> {
    const message = house.newId();
    await house.submit({
      fact: 'message',
      actor: 'whatsapp',
      lead,
      by: null,
      from: 'client',
      channel: 'whatsapp',
      verifiable: true,
      message,
      sentAt: house.now(),
      form: 'text',
      text,
      providerId: `wamid.${message}`,
    });
  }
}
