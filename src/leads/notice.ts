import type { Deciding } from '../decisions/index.ts';
import { between, type Instant } from '../platform/time.ts';
import { tenMinuteClauses } from './clauses.ts';
import type { Lead } from './lead.ts';
import { currentTenure, isClockOpen } from './tenure.ts';
import { lead as leadOf } from './leads-slice.ts';
import { tenMinutesFrom } from './placing.ts';
import { tellAdministrator } from './tell-administrator.ts';
import { auditList } from './ten-minutes.ts';

/** The advisor was told (lead-assignment P8): in time or late; the ten minutes may begin here (tenMinutes.from). */
export function noticeGiven(deciding: Deciding, lead: Lead, to: string, channel: string): void {
  if (lead.holder !== to || lead.notifiedAt !== null) return;
  const p8 = deciding.rules.cite('lead-assignment', 'P8');
  const wasDue = lead.noticeDueAt;
  const dueAt = isClockOpen(lead) ? tenMinutesFrom(deciding, 'notified') : null;
  deciding.record({
    entry: 'lead.notified',
    kind: 'decision',
    because: p8 === null ? tenMinuteClauses(deciding.rules) : [p8],
    lead: lead.id,
    contact: lead.contact,
    person: to,
    fields: { lead: lead.id, to, channel, dueAt },
  });
  if (wasDue !== null && deciding.now > wasDue) noticeMissed(deciding, lead, to, wasDue);
}

/** lead-assignment P8: five minutes have passed and the advisor has not been told, or was told later than that. */
export function noticeMissed(deciding: Deciding, lead: Lead, to: string, dueAt: Instant): void {
  const p8 = deciding.rules.cite('lead-assignment', 'P8');
  if (p8 === null) return;
  const because = [p8];
  deciding.record({
    entry: 'deadline.missed',
    kind: 'decision',
    because,
    lead: lead.id,
    person: to,
    fields: { what: 'notice', who: to, lead: lead.id, dueAt },
  });
  deciding.record({
    entry: 'lead.notification-late',
    kind: 'decision',
    because,
    lead: lead.id,
    contact: lead.contact,
    person: to,
    fields: { lead: lead.id, to, dueAt, lateMilliseconds: between(dueAt, deciding.now) },
  });
  tellAdministrator(deciding, { about: 'lead.notification-late', because, lead: lead.id, values: { to } });
  // With tenMinutes.from: notified no clock runs for one who was never told: without this the lead would lie there.
  const now = leadOf(deciding.world, lead.id) ?? lead;
  const untold = currentTenure(now)?.notifiedAt === null;
  if (untold && isClockOpen(now) && now.dueAt === null && tenMinutesFrom(deciding, 'notified') !== null)
    auditList(deciding, now, to, dueAt, tenMinuteClauses(deciding.rules));
}
