import { atLocal } from '../src/calendar/index.ts';
import { instant, type Instant } from '../src/platform/time.ts';

/** "2024-07-01T09:00" is local to the zone; with an offset or Z it is not. A date alone is its midnight. Null: no time. */
export function readTime(text: unknown, zone: string): Instant | null {
  if (typeof text !== 'string') return null;
  try {
    if (/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(text)) return instant(text);
    return atLocal(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text, zone);
  } catch {
    return null;
  }
}

const DURATION = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** "PT1H30M", "P2D" → milliseconds; null for what is no duration. */
export function readDuration(text: unknown): number | null {
  const parts = typeof text === 'string' ? DURATION.exec(text) : null;
  if (parts === null) return null;
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 + (seconds ?? 0) * 1000;
}
