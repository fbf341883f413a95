import { Rows, type World } from '../decisions/index.ts';
import type { Month } from '../calendar/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { HandedOver } from '../leads/index.ts';
import type { Instant } from '../platform/time.ts';

export const findings = ['ok', 'bad-care'] as const;
export type Finding = (typeof findings)[number];
export type Checked = 'yes' | 'no' | 'na';

/**
 * One look at how a person attends to clients (contact-center-policy L4, lead-assignment P11):
 *
 *   recorded ok ───────▶ closed
 *   recorded bad care ─▶ opened ──answered, or the hearing is over──▶ heard ──▶ upheld
 *      (off the roster at once)  └────────────────ruled───────────────┴───────▶ overturned (back on the roster)
 */
export interface Audit {
  readonly id: string;
  readonly person: string;
  readonly auditedBy: string;
  readonly auditedAt: Instant;
  readonly finding: Finding;
  readonly lead: string | null;
  readonly call: string | null;
  /** Monday of the week whose sample it is of. */
  readonly week: string | null;
  readonly checklist: { readonly [item: string]: Checked };
  readonly note: string | null;
  /** Whose roster the person left, when they did. */
  readonly month: Month | null;
  readonly removed: boolean;
  readonly handedOver: readonly HandedOver[];
  readonly state: 'closed' | 'opened' | 'heard' | 'upheld' | 'overturned';
  readonly hearingDueAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly answer: string | null;
  readonly ruledAt: Instant | null;
  readonly ruledBy: string | null;
  readonly reasons: string | null;
}

export const auditsSlice = {
  name: 'audits',
  empty: (): { readonly audits: Rows<Audit> } => ({ audits: new Rows<Audit>() }),
};

export function audit(world: World, id: string): Audit | undefined {
  return world.get(auditsSlice).audits.get(id);
}

interface AuditFields {
  readonly audit?: string;
  readonly person: string;
  readonly finding: Finding;
  readonly by: string;
  readonly call: string | null;
  readonly week: string | null;
  readonly checklist: Audit['checklist'];
  readonly month: Month;
  readonly hearingDueAt: Instant | null;
  readonly handedOver: readonly HandedOver[];
  readonly leads?: readonly string[];
}

interface Words {
  readonly note?: string | null;
  readonly reasons?: string | null;
}

/** Every transition of an audit. */
export function evolveAudits(world: World, entry: JournalEntry | NewEntry): void {
  const { audits } = world.get(auditsSlice);
  const fields = entry.fields as unknown as AuditFields;
  const said = (entry.personal ?? {}) as unknown as Words;
  const known = fields.audit === undefined ? undefined : audits.get(fields.audit);
  const change = (changes: Partial<Audit>): void => {
    if (known !== undefined) audits.set(known.id, { ...known, ...changes });
  };
  switch (entry.entry) {
    case 'audit.recorded':
      if (fields.audit !== undefined) audits.set(fields.audit, recorded(fields.audit, entry, fields, said));
      return;
    case 'advisor.removed':
      return change({ removed: true, month: fields.month });
    case 'audit.handed-over':
      return change({ handedOver: fields.handedOver });
    case 'audit.answered':
      return change({ state: 'heard', answeredAt: entry.at, answer: said.reasons ?? null });
    case 'audit.hearing-closed':
      return change({ state: 'heard' });
    case 'audit.upheld':
    case 'audit.overturned':
      return change({
        state: entry.entry === 'audit.upheld' ? 'upheld' : 'overturned',
        ruledAt: entry.at,
        ruledBy: fields.by,
        reasons: said.reasons ?? null,
      });
    case 'contact.erased':
      for (const each of audits.values())
        if (each.lead !== null && fields.leads?.includes(each.lead) === true)
          audits.set(each.id, { ...each, note: null, answer: null, reasons: null });
      return;
    default:
  }
}

function recorded(id: string, entry: JournalEntry | NewEntry, fields: AuditFields, said: Words): Audit {
  return {
    id,
    person: fields.person,
    auditedBy: fields.by,
    auditedAt: entry.at,
    finding: fields.finding,
    lead: entry.lead ?? null,
    call: fields.call,
    week: fields.week,
    checklist: fields.checklist,
    note: said.note ?? null,
    month: null,
    removed: false,
    handedOver: [],
    state: fields.hearingDueAt === null ? 'closed' : 'opened',
    hearingDueAt: fields.hearingDueAt,
    answeredAt: null,
    answer: null,
    ruledAt: null,
    ruledBy: null,
    reasons: null,
  };
}
