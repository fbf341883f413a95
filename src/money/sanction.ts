import { Rows, type World } from '../decisions/index.ts';
import type { Month } from '../calendar/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';

/**
 * A breach and what becomes of it (lead-assignment P15, lead-reassignment L10); the decision is always a person's:
 *
 *   opened ──answered, or the hearing is over──▶ heard ──ruled──▶ decided ──revoked, or the breach was none──▶ overturned
 *      └──────────ruled, with reasons, before the hearing is over──────▲
 */
export interface Sanction {
  readonly id: string;
  readonly person: string;
  /** The clause that was broken, as told: `contact-center-policy#L4`. */
  readonly breach: string;
  readonly reportedBy: string;
  readonly openedAt: Instant;
  readonly lead: string | null;
  readonly sale: string | null;
  readonly claim: string | null;
  /** What happened, in words. */
  readonly account: string | null;
  readonly state: 'opened' | 'heard' | 'decided' | 'overturned';
  readonly hearingDueAt: Instant;
  readonly answeredAt: Instant | null;
  readonly answer: string | null;
  readonly ruledAt: Instant | null;
  readonly ruledBy: string | null;
  /** "0" to "100" of what the person would keep; decimal text. */
  readonly percent: string | null;
  /** The month whose closings bear it, when it names no closing. */
  readonly month: Month | null;
  /** Whether the person had been heard, or their time to answer was over. */
  readonly heard: boolean | null;
  readonly reasons: string | null;
  /** The ten-minute miss it was opened for was struck out: it falls. */
  readonly struckAt: Instant | null;
  readonly overturnedAt: Instant | null;
  readonly overturnedBy: string | null;
  readonly overturnedWhy: string | null;
  readonly because: readonly string[];
}

interface SanctionsState {
  readonly sanctions: Rows<Sanction>;
}

export const sanctionsSlice = {
  name: 'sanctions',
  empty: (): SanctionsState => ({
    sanctions: new Rows<Sanction>((each) => [`person:${each.person}`]),
  }),
};

export function sanction(world: World, id: string): Sanction | undefined {
  return world.get(sanctionsSlice).sanctions.get(id);
}

/** Decided and not overturned, for this closing of the person's, in the order in which they were decided. */
export function standingSanctions(
  world: World,
  { person, sale, month }: { readonly person: string; readonly sale: string; readonly month: Month },
): Sanction[] {
  return world
    .get(sanctionsSlice)
    .sanctions.having(`person:${person}`)
    .filter((each) => each.state === 'decided')
    .filter((each) => (each.sale === null ? each.month === month : each.sale === sale))
    .toSorted((a, b) => compare(a.ruledAt ?? '', b.ruledAt ?? '') || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface SanctionFields {
  readonly sanction?: string;
  readonly person: string;
  readonly breach: string;
  readonly by: string;
  readonly sale?: string | null;
  readonly claim?: string | null;
  readonly hearingDueAt: Instant;
  readonly percent: string;
  readonly month: Month | null;
  readonly heard: boolean;
  readonly who?: string;
  readonly missedAt?: Instant;
  readonly leads?: readonly string[];
}

interface Words {
  readonly account?: string | null;
  readonly reasons?: string | null;
}

/** Every transition of a case. */
export function evolveSanctions(world: World, entry: JournalEntry | NewEntry): void {
  const { sanctions } = world.get(sanctionsSlice);
  const fields = entry.fields as unknown as SanctionFields;
  const said = (entry.personal ?? {}) as unknown as Words;
  const known = fields.sanction === undefined ? undefined : sanctions.get(fields.sanction);
  const change = (changes: Partial<Sanction>): void => {
    if (known !== undefined) sanctions.set(known.id, { ...known, ...changes });
  };
  switch (entry.entry) {
    case 'sanction.opened':
      if (fields.sanction !== undefined)
        sanctions.set(fields.sanction, opened(fields.sanction, entry, fields, said));
      return;
    case 'sanction.answered':
      return change({ state: 'heard', answeredAt: entry.at, answer: said.reasons ?? null });
    case 'sanction.hearing-closed':
      return change({ state: 'heard' });
    case 'sanction.decided':
      return change({
        state: 'decided',
        ruledAt: entry.at,
        ruledBy: fields.by,
        percent: fields.percent,
        sale: fields.sale ?? null,
        month: fields.month,
        heard: fields.heard,
        reasons: said.reasons ?? null,
        because: entry.because,
      });
    case 'sanction.overturned':
      return change({
        state: 'overturned',
        overturnedAt: entry.at,
        overturnedBy: fields.by,
        overturnedWhy: said.reasons ?? null,
      });
    case 'miss.struck':
      return struck(world, entry, fields);
    case 'contact.erased':
      for (const each of sanctions.values())
        if (each.lead !== null && fields.leads?.includes(each.lead) === true)
          sanctions.set(each.id, { ...each, ...WORDLESS });
      return;
    default:
  }
}

const TEN_MINUTES = /^contact-center-policy(?:@[\d-]+)?#L4$/;

/** The case that was opened for this very miss: of that lead, or naming none, the first since. */
function struck(world: World, entry: JournalEntry | NewEntry, { who, missedAt }: SanctionFields): void {
  const { sanctions } = world.get(sanctionsSlice);
  if (who === undefined || missedAt === undefined) return;
  const found = sanctions
    .having(`person:${who}`)
    .filter((each) => each.state !== 'overturned' && each.struckAt === null && TEN_MINUTES.test(each.breach))
    .filter((each) => each.lead === entry.lead || (each.lead === null && each.openedAt >= missedAt))
    .toSorted((a, b) => compare(a.openedAt, b.openedAt) || compare(a.id, b.id))[0];
  if (found !== undefined) sanctions.set(found.id, { ...found, struckAt: entry.at });
}

/** What was written of a lead whose person was erased goes with them; who decided what, and when, stays. */
const WORDLESS = { account: null, answer: null, reasons: null, overturnedWhy: null } as const;

function opened(id: string, entry: JournalEntry | NewEntry, fields: SanctionFields, said: Words): Sanction {
  return {
    id,
    person: fields.person,
    breach: fields.breach,
    reportedBy: fields.by,
    openedAt: entry.at,
    lead: entry.lead ?? null,
    sale: fields.sale ?? null,
    claim: fields.claim ?? null,
    account: said.account ?? null,
    state: 'opened',
    hearingDueAt: fields.hearingDueAt,
    answeredAt: null,
    answer: null,
    ruledAt: null,
    ruledBy: null,
    percent: null,
    month: null,
    heard: null,
    reasons: null,
    struckAt: null,
    overturnedAt: null,
    overturnedBy: null,
    overturnedWhy: null,
    because: entry.because,
  };
}
