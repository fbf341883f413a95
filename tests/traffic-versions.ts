import { HOUR, plus, type Instant } from '../src/platform/time.ts';

type Told = Record<string, unknown> & { fact: string };

const POLICY = {
  procedure: 'contact-center-policy',
  version: '2023-03-01',
  readings: {},
  parameters: {},
} as const;

/** Three versions proposed: one published by another, one rejected with reasons, one thought better of. They change nothing. */
export function planVersions(at: (when: Instant, fact: Told) => void, from: Instant): void {
  const propose = (proposal: string, effectiveOn: string, when: Instant): Told => {
    const adoption = { ...POLICY, effectiveOn };
    const fact = {
      fact: 'procedure.proposed',
      actor: 'administrator',
      by: 'administrator',
      proposal,
      adoption,
    };
    at(when, fact);
    return fact;
  };
  const first = propose('v1', '2024-06-27', from);
  at(plus(from, HOUR), { ...first, fact: 'procedure.adopted', actor: 'direction', by: 'direction' });
  propose('v2', '2024-07-20', plus(from, 2 * HOUR));
  at(plus(from, 3 * HOUR), {
    fact: 'procedure.rejected',
    actor: 'direction',
    by: 'direction',
    proposal: 'v2',
    reasons: 'Falta verla con las zonas',
  });
  propose('v3', '2024-07-21', plus(from, 4 * HOUR));
  at(plus(from, 5 * HOUR), {
    fact: 'procedure.withdrawn',
    actor: 'administrator',
    by: 'administrator',
    proposal: 'v3',
  });
}
