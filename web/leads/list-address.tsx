/** The filters of the list of leads as they stand in its address, and what they say. */
import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';
import { weekdayName, type Figures } from '../figures.ts';
import { useFigures } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import classes from './leads-list.module.css';

const did = z.enum(['received', 'contacted', 'in-time', 'missed', 'passed']);
export const addressShape = z.object({
  open: z.enum(['running', 'not-contacted']).optional().catch(undefined),
  missed: z.boolean().optional().catch(undefined),
  holder: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  who: z.string().optional().catch(undefined),
  did: did.optional().catch(undefined),
  from: z.string().optional().catch(undefined),
  source: z.string().optional().catch(undefined),
  day: z.iso.date().optional().catch(undefined),
  until: z.iso.date().optional().catch(undefined),
  hour: z.number().int().min(0).max(23).optional().catch(undefined),
  weekday: z.number().int().min(1).max(7).optional().catch(undefined),
  lead: z.string().optional().catch(undefined),
});
export type Address = z.infer<typeof addressShape>;

/** The server's filters. */
export function filtersOf(
  { open, missed, holder, who, did: done, from, source, day, until, hour, weekday }: Address,
  search: string,
): Record<string, string> {
  return {
    ...(open === undefined ? {} : { open }),
    ...(missed === undefined ? {} : { missed: String(missed) }),
    ...(holder === undefined ? {} : { holder }),
    ...(who === undefined || done === undefined || from === undefined ? {} : { who, did: done, from }),
    ...(source === undefined ? {} : { source }),
    ...(day === undefined ? {} : { day }),
    ...(day === undefined || until === undefined ? {} : { until }),
    ...(day === undefined || hour === undefined ? {} : { hour: String(hour) }),
    ...(day === undefined || weekday === undefined ? {} : { weekday: String(weekday) }),
    ...(search === '' ? {} : { search }),
  };
}

/** What `Said` speaks of, all taken out. */
const CLEARED = {
  holder: undefined,
  name: undefined,
  who: undefined,
  did: undefined,
  from: undefined,
  day: undefined,
  until: undefined,
  hour: undefined,
  weekday: undefined,
} satisfies Partial<Address>;

/** Which figure, whose leads or which days these are, and the way out of it. */
export function Said({
  address,
  change,
}: {
  address: Address;
  change: (to: Partial<Address>) => void;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const text = saidOf(t, figures, address);
  if (text === null) return null;
  return (
    <span className={classes['said']}>
      {text}
      <CloseButton size="sm" aria-label={t('leads.list.clear')} onClick={() => change(CLEARED)} />
    </span>
  );
}

function saidOf(t: Say, figures: Figures, address: Address): string | null {
  const { holder, name, who, did: done, from, day } = address;
  const of = name ?? holder ?? who ?? '';
  if (who !== undefined && done !== undefined && from !== undefined)
    return t(`leads.list.did.${done}`, { name: of, from: figures.date(instant(from)) });
  if (holder !== undefined) return t('leads.list.of', { name: of });
  return day === undefined
    ? null
    : t('leads.list.arrived', { what: whenText(t, figures, { ...address, day }) });
}

/** «del 2 feb 2026 al 3 mar 2026, martes, de 10:00 a 11:00». */
function whenText(
  t: Say,
  figures: Figures,
  { day, until, hour, weekday }: Address & { day: string },
): string {
  const days =
    until === undefined || until === day
      ? figures.day(day)
      : t('leads.list.arrived-days', { from: figures.day(day), until: figures.day(until) });
  const parts = [days];
  if (weekday !== undefined) parts.push(weekdayName(figures, weekday));
  if (hour !== undefined)
    parts.push(t('leads.list.arrived-hour', { from: `${hour}:00`, until: `${hour + 1}:00` }));
  return parts.join(', ');
}
