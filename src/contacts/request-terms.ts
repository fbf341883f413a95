import { addBusinessDays, isPublicHoliday, type BusinessCalendar } from '../calendar/index.ts';
import type { Instant } from '../platform/time.ts';

/**
 * The terms for what a person asks about their data (ARCO in Mexico, reclamo in Colombia), in business days of the
 * organization's country. Mexico: Ley Federal de Protección de Datos Personales en Posesión de los Particulares (2025):
 * 20 to answer, 15 more to carry out. Colombia: Ley 1581 of 2012, art. 15: 15, and at most 8 more when the person is told why.
 */
const BUSINESS_DAYS = {
  MX: { answer: 20, carryOut: 15, longer: null },
  CO: { answer: 15, carryOut: 0, longer: 8 },
} as const;

export interface RequestTerms {
  readonly requestedAt: Instant;
  readonly answerBy: Instant;
  readonly carryOutBy: Instant;
  /** The last instant if the person is told of the delay; null where the law gives none. */
  readonly extendedTo: Instant | null;
}

export function requestTerms(
  requestedAt: Instant,
  { country, zone }: { readonly country: 'MX' | 'CO'; readonly zone: string },
): RequestTerms {
  const { answer, carryOut, longer } = BUSINESS_DAYS[country];
  const calendar: BusinessCalendar = {
    zone,
    weekdays: [1, 2, 3, 4, 5],
    holidays: (date) => isPublicHoliday(country, date),
    hours: { opens: '00:00', closes: '24:00' },
  };
  const answerBy = addBusinessDays(requestedAt, answer, calendar);
  const carryOutBy = addBusinessDays(answerBy, carryOut, calendar);
  const extendedTo = longer === null ? null : addBusinessDays(carryOutBy, longer, calendar);
  return { requestedAt, answerBy, carryOutBy, extendedTo };
}
