import type { Figures } from '../figures.ts';
import { useSession } from '../session.ts';
import type { Say, WordId } from '../words.ts';
import type { Line } from './answers.ts';

/** "julio de 2026", within a sentence. */
export function monthText({ place }: Figures, month: string): string {
  const locale = place.language === 'en' ? 'en-GB' : place.figures;
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${month}-01T00:00:00Z`),
  );
}

/** Where it stands alone. */
export function monthTitle(figures: Figures, month: string): string {
  const text = monthText(figures, month);
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

export function monthBefore(month: string): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return of === 1 ? `${year - 1}-12` : `${year}-${String(of - 1).padStart(2, '0')}`;
}

export function monthAfter(month: string): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return of === 12 ? `${year + 1}-01` : `${year}-${String(of + 1).padStart(2, '0')}`;
}

export function useCurrency(): 'MXN' | 'COP' {
  return useSession().organization.country === 'CO' ? 'COP' : 'MXN';
}

const PARTS: Readonly<Record<Line['part'], WordId>> = {
  earned: 'money.part.earned',
  retention: 'money.part.retention',
  support: 'money.part.support',
  split: 'money.part.split',
  sanction: 'money.part.sanction',
};

const WHYS: Readonly<Record<NonNullable<Line['why']>, WordId>> = {
  corrected: 'money.why.corrected',
  canceled: 'money.why.canceled',
  credited: 'money.why.credited',
  'support-named': 'money.why.support-named',
  sanction: 'money.why.sanction',
  overturned: 'money.why.overturned',
};

/** «Para el equipo de soporte, 0.50 %»; of a later change, also what changed it. */
export function lineText(t: Say, line: Pick<Line, 'part' | 'role' | 'percent' | 'why'>): string {
  const { part, role, percent, why } = line;
  const named = part === 'earned' && role === 'manager' ? 'money.part.earned-manager' : PARTS[part];
  const said = percent === null ? t(named) : t('money.part.percent', { part: t(named), percent });
  return why === null || part === 'sanction'
    ? said
    : t('money.line.changed', { part: said, why: t(WHYS[why]) });
}

export function changeText(t: Say, why: NonNullable<Line['why']>): string {
  return t(WHYS[why]);
}
