import { noFacts } from '../src/contacts/index.ts';
import { HOUR, MINUTE, plus, type Instant } from '../src/platform/time.ts';

interface Planning {
  readonly lead: string;
  /** When the claim may first come. */
  readonly from: Instant;
  readonly holder: () => string;
  readonly asker: string;
  /** Numbers of its own: what is planned here moves nothing else that is planned. */
  readonly random: () => number;
  readonly at: (when: Instant, fact: () => Record<string, unknown> & { readonly fact: string }) => void;
}

/** Somebody asks for a lead that another has: whole or not, asked about or not, shown, signed, ruled, appealed, withdrawn. */
export function planClaim({ lead, from, holder, asker, random, at }: Planning): void {
  const within = (low: number, high: number): number => low + Math.floor(random() * (high - low));
  const chance = (share: number): boolean => random() < share;
  if (chance(0.2))
    at(plus(from, within(1, 90) * HOUR), () => {
      const [by, value] = [holder(), `+5255${String(20_000_000 + within(0, 9_000_000))}`];
      const held = { ...noFacts, phones: [{ value, origin: `edit:${lead}`, raw: value }] };
      return { fact: 'lead.edited', actor: by, lead, by, field: 'phone', value, held };
    });
  if (!chance(0.35)) return;
  const claim = `claim-${lead}`;
  const begins = plus(from, within(1, 90) * HOUR + within(0, 60) * MINUTE);
  const requests = (when: Instant, whole: boolean): void =>
    at(when, () => ({
      fact: 'claim.requested',
      actor: asker,
      claim,
      lead,
      by: asker,
      email: whole ? 'persona@example.com' : null,
      phone: '55 1234 5678',
      name: 'Persona Reclamada',
      source: 'feria',
      sourceImageDatedOn: when.slice(0, 10),
      firstContactShown: true,
    }));
  const whole = chance(0.8);
  requests(begins, whole);
  if (!whole && chance(0.7)) requests(plus(begins, HOUR), true);
  if (chance(0.05))
    at(plus(begins, 90 * MINUTE), () => ({ fact: 'claim.withdrawn', actor: asker, claim, by: asker }));
  const asked = plus(begins, within(100, 400) * MINUTE);
  if (chance(0.9)) at(asked, () => ({ fact: 'claim.statusAsked', actor: 'control', claim, by: 'control' }));
  if (chance(0.8))
    at(plus(asked, within(5, 120) * MINUTE), () => {
      const by = holder();
      const shown = {
        direction: 'out',
        channel: 'whatsapp',
        verifiable: true,
        answered: chance(0.6),
        image: null,
      };
      const interactions = [
        { ...shown, at: plus(from, 2 * HOUR) },
        { ...shown, at: plus(from, 30 * HOUR) },
      ];
      return { fact: 'evidence.sent', actor: by, claim, by, interactions, complete: chance(0.5) };
    });
  if (chance(0.1))
    at(plus(asked, within(5, 200) * MINUTE), () => {
      const signedBy = chance(0.5) ? [holder(), asker] : [asker];
      return { fact: 'claim.agreed', actor: asker, claim, signedBy, holder: chance(0.5) ? asker : holder() };
    });
  const confirmed = plus(asked, within(2, 40) * HOUR);
  if (chance(0.7))
    at(confirmed, () => ({
      fact: 'claim.confirmed',
      actor: 'control',
      claim,
      by: 'control',
      outcome: chance(0.3) ? 'reassign' : null,
      reasons: chance(0.7) ? 'El cliente lo pidió por escrito.' : null,
    }));
  if (!chance(0.2)) return;
  at(plus(confirmed, 5 * HOUR), () => ({
    fact: 'claim.appealed',
    actor: asker,
    claim,
    by: asker,
    reasons: 'Tengo el chat.',
  }));
  if (chance(0.6))
    at(plus(confirmed, 9 * HOUR), () => ({
      fact: 'claim.appeal-ruled',
      actor: 'direction',
      claim,
      by: 'direction',
      outcome: chance(0.5) ? 'keep' : 'reassign',
      reasons: 'Se revisó el chat.',
    }));
}
