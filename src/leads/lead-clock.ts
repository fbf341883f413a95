import type { JournalEntry, NewEntry } from '../journal/index.ts';
import { between, plus, type Instant } from '../platform/time.ts';
import type { Lead, LeadFields } from './lead.ts';

/** What stops, moves or settles the minutes of a tenure: notice, contact, a miss and its striking out, a freeze that ends. */

export function notified(lead: Lead, entry: JournalEntry | NewEntry, fields: LeadFields): Lead {
  if (lead.holder !== fields.to || lead.notifiedAt !== null) return lead;
  const clock = fields.dueAt ?? null;
  const dueAt = clock ?? lead.dueAt;
  const tenures = lead.tenures.map((t) => (t.until === null ? { ...t, dueAt, notifiedAt: entry.at } : t));
  return { ...lead, notifiedAt: entry.at, noticeDueAt: null, dueAt, tenures };
}

/** First proven contact of a tenure; the ten minutes stop. Also for a holder whose lead has already moved on. */
export function contacted(lead: Lead, entry: JournalEntry | NewEntry, fields: LeadFields): Lead {
  const by = fields.by ?? '';
  const { since } = fields;
  const index = lead.tenures.findLastIndex(
    (t) => t.person === by && t.voidAt === null && (since === undefined || t.since === since),
  );
  const tenures = lead.tenures.map((t, i) =>
    i === index ? { ...t, contactedAt: t.contactedAt ?? entry.at } : t,
  );
  if (lead.holder !== by) return { ...lead, tenures };
  return {
    ...lead,
    ...NO_CLOCK,
    tenures,
    status: statusOnContact(lead, entry.at),
    // Contact after a miss leaves it to the administrator, who sees both; a miss struck out clears it.
    auditListedAt: tenures[index]?.missedAt == null ? null : lead.auditListedAt,
    contactedAt: lead.contactedAt ?? entry.at,
  };
}

export function statusOnContact(lead: Lead, contactedAt: Instant | null): string {
  return lead.status === 'new' && contactedAt !== null ? 'contacted' : lead.status;
}

export function missed(lead: Lead, entry: JournalEntry | NewEntry, fields: LeadFields): Lead {
  const index = lead.tenures.findLastIndex((t) => t.person === fields.who && t.voidAt === null);
  const tenures = lead.tenures.map((t, i) => (i === index ? { ...t, missedAt: entry.at } : t));
  return lead.holder === fields.who ? { ...lead, ...NO_CLOCK, tenures } : { ...lead, tenures };
}

export const NO_CLOCK = { dueAt: null, waitsForCall: null, waitEndsAt: null } as const;

export function noted(lead: Lead, entry: JournalEntry | NewEntry, by: string | undefined): Lead {
  const tenures = lead.tenures.map((t) =>
    t.until === null && t.person === by ? { ...t, notedAt: t.notedAt ?? entry.at } : t,
  );
  return { ...lead, tenures };
}

export function reversalWaits(lead: Lead, { to, since, waits }: LeadFields): Lead {
  const tenures = lead.tenures.map((t) =>
    t.person === to && t.since === since ? { ...t, reversalWaits: waits ?? false } : t,
  );
  return { ...lead, tenures };
}

/** While it was frozen no term ran (lead-reassignment): the ten minutes go on with what was left of them. */
export function released(lead: Lead, at: Instant): Lead {
  if (lead.frozenAt === null) return lead;
  const stood = between(lead.frozenAt, at);
  const later = (due: Instant | null): Instant | null => (due === null ? null : plus(due, stood));
  const running = lead.dueAt !== null;
  const tenures = lead.tenures.map((t) =>
    t.until === null && running ? { ...t, dueAt: later(t.dueAt) } : t,
  );
  return { ...lead, frozenAt: null, dueAt: later(lead.dueAt), waitEndsAt: later(lead.waitEndsAt), tenures };
}

export function struck(lead: Lead, entry: JournalEntry | NewEntry, { who, missedAt }: LeadFields): Lead {
  const tenures = lead.tenures.map((t) =>
    t.person === who && t.missedAt !== null && t.missedAt === missedAt && t.struckAt === null
      ? { ...t, struckAt: entry.at }
      : t,
  );
  return { ...lead, tenures, auditListedAt: lead.holder === who ? null : lead.auditListedAt };
}
