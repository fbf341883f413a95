import { HOUR, MINUTE, plus, type Instant } from '../src/platform/time.ts';

const DAY = 24 * HOUR;

type PlanAt = (when: Instant, fact: Record<string, unknown> & { fact: string }) => void;

/** Every kind of thing that may happen to money and conduct, at fixed places of the traffic's month. */
export function planMoney(at: PlanAt, firstDay: Instant, advisors: readonly string[]): void {
  const on = (day: number, minutes = 0): Instant => plus(firstDay, day * DAY + 2 * HOUR + minutes * MINUTE);
  const of = (index: number): string => advisors[index % advisors.length] ?? '';
  const reasons = 'Consta en el expediente';
  for (let index = 0; index < 8; index += 1) {
    const closed = { lead: `L${index}`, sale: `closing-${index}`, price: '1800000.00' };
    const commissions = {
      advisorCommission: `${36_000 + index}.55`,
      managerCommission: index === 7 ? null : '9000.10',
    };
    at(on(12, index), { fact: 'sale.closed', actor: of(index), by: of(index), ...closed, ...commissions });
  }
  const told = { actor: 'director-norte', by: 'director-norte', reasons };
  at(on(13), { fact: 'sale.corrected', ...told, sale: 'closing-0', advisorCommission: '41000.05' });
  at(on(13, 1), { fact: 'sale.canceled', ...told, sale: 'closing-1' });
  at(on(13, 2), { fact: 'sale.credited', ...told, sale: 'closing-2', to: of(4) });
  at(on(14), breach('case-0', of(3), { sale: 'closing-3' }));
  at(on(14, 1), breach('case-1', of(4), {}));
  at(on(14, 2), breach('case-2', of(6), { lead: 'L6' }));
  at(on(14, 3), breach('case-3', of(8), {}));
  at(on(14, 9), {
    fact: 'sanction.answered',
    actor: of(3),
    by: of(3),
    sanction: 'case-0',
    percent: null,
    reasons: 'No fui yo',
  });
  for (const [place, sanction] of ['case-0', 'case-1', 'case-2'].entries())
    at(on(15, place), { fact: 'sanction.ruled', ...told, sanction, percent: '12.5' });
  at(on(16), { fact: 'sanction.revoked', actor: 'direction', by: 'direction', sanction: 'case-0', reasons });
  for (const [place, outcome] of (['overturned', 'upheld'] as const).entries()) {
    const [audit, person] = [`audit-${place}`, of(9 + place)];
    const found = { finding: 'bad-care', by: 'administrator', lead: `L${place + 1}`, call: null, week: null };
    at(on(17, place), {
      fact: 'audit.recorded',
      actor: 'administrator',
      audit,
      person,
      ...found,
      checklist: { greeting: 'no' },
      note: 'Colgó a media frase',
    });
    at(on(17, 30 + place), { fact: 'audit.answered', actor: person, by: person, audit, reasons: 'Se cortó' });
    at(on(18, place), { fact: 'audit.ruled', ...told, audit, outcome });
  }
  const fine = {
    finding: 'ok',
    by: 'administrator',
    lead: null,
    call: null,
    week: null,
    checklist: {},
    note: null,
  };
  at(on(19), { fact: 'audit.recorded', actor: 'administrator', audit: 'audit-2', person: of(0), ...fine });
}

function breach(sanction: string, person: string, of: { readonly lead?: string; readonly sale?: string }) {
  const { lead = null, sale = null } = of;
  const clause = 'contact-center-policy#L5';
  const text = 'No actualiza sus leads';
  return {
    fact: 'breach.reported',
    actor: 'administrator',
    by: 'administrator',
    sanction,
    person,
    clause,
    lead,
    sale,
    text,
  };
}
