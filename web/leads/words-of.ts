/** Tokens of the server in the words of the screen. What has no words yet is shown as it came, never hidden. */
import type { Figures } from '../figures.ts';
import { clockText } from '../figures.ts';
import { entryText } from '../entry-words.ts';
import type { Instant } from '../../src/platform/time.ts';
import { isWord, type Say } from '../words.ts';
import type { Item } from './data.ts';

function worded(t: Say, prefix: string, token: string): string {
  const id = `leads.${prefix}.${token.replaceAll(' ', '-')}`;
  return isWord(id) ? t(id) : token;
}

export const reasonText = (t: Say, token: string): string => worded(t, 'reason', token);
export const channelText = (t: Say, token: string): string => worded(t, 'channel', token);

/** «facebook» as the source is called; our own ways of coming in, in words. */
export function sourceText(t: Say, source: string): string {
  const own = worded(t, 'source', source);
  return own === source ? source.charAt(0).toLocaleUpperCase() + source.slice(1) : own;
}

/** «el teléfono», within a sentence. */
export const fieldText = (t: Say, field: string): string => worded(t, 'field', field);

function signsText(t: Say, signs: string, figures: Figures): string {
  const all = signs.split(' ').filter((sign) => sign !== '' && sign !== 'conflict');
  return new Intl.ListFormat(figures.place.language).format(
    [...new Set(all)].map((sign) => worded(t, 'sign', sign)),
  );
}

export interface Saying {
  t: Say;
  figures: Figures;
  now: Instant;
  name: (person: string) => string;
  source: (key: string) => string;
}

const PEOPLE = new Set(['to', 'from', 'by', 'who']);
const INSTANTS = new Set(['until', 'dueAt', 'sentAt', 'startedAt', 'registeredAt']);
const REASONS = new Set(['why']);

/** The values of an item, each as it is written: people by name, instants and lengths in the organization's way. */
export function valuesOf(
  { values }: Pick<Item, 'values'>,
  { t, figures, now, name, source }: Saying,
): Record<string, string> {
  const written: Record<string, string> = { talk: '', ring: '' };
  for (const [key, value] of Object.entries(values)) {
    if (value === null) written[key] = PEOPLE.has(key) ? t('leads.why.someone') : '';
    else if (PEOPLE.has(key)) written[key] = name(String(value));
    else if (INSTANTS.has(key)) written[key] = figures.moment(String(value) as Instant, now);
    else if (REASONS.has(key)) written[key] = reasonText(t, String(value));
    else if (key === 'entry') written[key] = entryText(t, String(value));
    else if (key === 'channel') written[key] = channelText(t, String(value));
    else if (key === 'field') written[key] = fieldText(t, String(value));
    else if (key === 'source') written[key] = source(String(value));
    else if (key === 'signs') written[key] = signsText(t, String(value), figures);
    else if (key === 'talkSeconds') written['talk'] = lengthText(Number(value));
    else if (key === 'ringSeconds')
      written['ring'] = t('leads.fact.seconds', { time: lengthText(Number(value)) });
    else written[key] = typeof value === 'number' ? figures.number(value) : value;
  }
  return written;
}

export function lengthText(seconds: number): string {
  return clockText(seconds * 1_000);
}

/** Why it was decided, in one sentence; what has no sentence of its own says what happened. */
export function whyText(t: Say, said: string, values: Record<string, string>): string {
  const id = `leads.why.${said}`;
  return isWord(id) ? t(id, values) : t('leads.why.other');
}
