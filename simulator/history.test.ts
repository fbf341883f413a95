import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { atLocal } from '../src/calendar/index.ts';
import { features } from '../src/features.ts';
import { ROOT, rulesByDay } from '../src/main.ts';
import { openDatabase, type Database } from '../src/platform/database.ts';
import type { Instant } from '../src/platform/time.ts';
import { readPacks, type Pack } from '../src/procedures/index.ts';
import { testDatabase } from '../tests/database.ts';
import { beginningOf, planHistory } from './history.ts';
import { fileKeeper } from './make-sample.ts';
import { openSample } from './open-sample.ts';
import { planClaims } from './past-claims.ts';
import { sampleOrganization } from './sample-organization.ts';
import { simulatedHouse } from './simulated-house.ts';

const ZONE = 'America/Mexico_City';
const HISTORY_MILLISECONDS_MAX = 90_000;

let database: Database;
let packs: readonly Pack[];
let end: () => Promise<void>;

beforeAll(async () => {
  const base = await testDatabase();
  database = openDatabase(base.url, { connectionsMax: 2 });
  const loaded = await readPacks(ROOT);
  if (!('packs' in loaded)) throw new Error('packs');
  packs = loaded.packs;
  end = async () => {
    await database.close();
    await base.drop();
  };
});
afterAll(() => end());

async function live(organization: string, start: Instant, until: Instant, seed: number) {
  const sample = sampleOrganization(seed, 'MX');
  const house = simulatedHouse({
    database,
    features,
    rulesFor: rulesByDay(packs),
    organization,
    start,
    seed,
  });
  const told: string[] = [];
  const counts = new Map<string, number>();
  const refused: string[] = [];
  house.onEntry(({ at, entry, lead, person, fields }) => {
    told.push(`${at} ${entry} ${lead ?? ''} ${person ?? ''}`);
    if (entry === 'fact.refused' && !AS_IN_LIFE.has(fields['why']))
      refused.push(`${at} ${JSON.stringify(fields)}`);
    counts.set(entry, (counts.get(entry) ?? 0) + 1);
  });
  await openSample(database, house, sample, { organization, packs, doors: { pbx: `door-${organization}` } });
  const keepFile = fileKeeper(database, organization, house);
  planHistory({ house, sample, packs, seed, until, keepFile });
  planClaims({ house, sample, seed, until, database, organization });
  await house.runUntil(until);
  return { told, counts, refused };
}

describe('the sample organization’s past', () => {
  it('begins before the list of its second month is due, a month and a bit back', () => {
    expect(beginningOf(atLocal('2026-11-23T10:00', ZONE), ZONE)).toBe(atLocal('2026-10-18T09:00', ZONE));
    expect(beginningOf(atLocal('2026-11-05T10:00', ZONE), ZONE)).toBe(atLocal('2026-09-23T09:00', ZONE));
  });

  it(
    'has every kind of thing in it, and ends with clocks that run',
    async () => {
      const until = atLocal('2026-11-06T11:00', ZONE);
      const { counts, refused } = await live('past', atLocal('2026-10-22T09:00', ZONE), until, 2);
      expect(refused).toEqual([]);
      expect(KINDS.filter((entry) => !counts.has(entry))).toEqual([]);
      const running = await database.inOrganization('past', (tx) =>
        sql<{ left: number }>`
          select round(extract(epoch from due_at - ${until}::timestamptz) / 60)::int as left from leads
           where organization_id = 'past' and due_at is not null order by due_at`.execute(tx),
      );
      expect(running.rows.map(({ left }) => left)).toEqual(expect.arrayContaining([2, 6, 9]));
      const claims = await database.inOrganization('past', (tx) =>
        sql<{ id: string; state: string; line: number | null; outcome: string | null }>`
          select id, state, line, ruled_outcome as outcome from claims
           where organization_id = 'past' and id like 'claim-%' order by id`.execute(tx),
      );
      expect(claims.rows).toEqual([
        { id: 'claim-agreed', state: 'ruled', line: 3, outcome: 'reassign' },
        { id: 'claim-appealed', state: 'appealed', line: 8, outcome: 'reassign' },
        { id: 'claim-asked', state: 'asked', line: null, outcome: null },
        { id: 'claim-due-soon', state: 'proposed', line: 12, outcome: null },
        { id: 'claim-kept', state: 'ruled', line: 12, outcome: 'keep' },
        { id: 'claim-lost', state: 'ruled', line: 7, outcome: 'reassign' },
        { id: 'claim-open', state: 'open', line: null, outcome: null },
        { id: 'claim-returned', state: 'returned', line: null, outcome: null },
      ]);
      const drafts = await database.inOrganization('past', (tx) =>
        sql<{ state: string; held: string | null }>`
          select state, held from claim_drafts where organization_id = 'past' order by opened_at`.execute(tx),
      );
      expect(drafts.rows).toEqual([
        { state: 'submitted', held: null },
        { state: 'open', held: null },
        { state: 'open', held: 'unproven' },
      ]);
    },
    HISTORY_MILLISECONDS_MAX,
  );

  it(
    'is the same for the same seed and instants',
    async () => {
      const days = [atLocal('2026-11-03T09:00', ZONE), atLocal('2026-11-05T09:00', ZONE)] as const;
      const one = await live('one', ...days, 3);
      const other = await live('other', ...days, 3);
      expect(one.told.length).toBeGreaterThan(100);
      expect(other.told).toEqual(one.told);
    },
    HISTORY_MILLISECONDS_MAX,
  );
});

/** What people do try and are refused: a visit at an hour that is taken, and what they then make of it. */
const AS_IN_LIFE: ReadonlySet<unknown> = new Set([
  'appointment-clash',
  'no-such-appointment',
  'no-next-action',
]);

const KINDS = [
  'roster.submitted',
  'roster.decided',
  'roster.sent',
  'roster.confirmed',
  'advisor.activated',
  'lead.received',
  'lead.held',
  'lead.assigned',
  'lead.notified',
  'call.reported',
  'lead.contacted',
  'deadline.missed',
  'lead.reassigned',
  'lead.reassignment-reversed',
  'lead.duplicate',
  'contact.doubt-raised',
  'lead.refused',
  'lead.waiting',
  'note',
  'lead.graded',
  'next-action.set',
  'appointment.booked',
  'appointment.held',
  'appointment.missed',
  'opportunity.opened',
  'reservation.made',
  'lead.lost',
  'lead.incubated',
  'sale.closed',
  'commission.shared',
  'commission.split',
  'message.accepted',
  'message.read',
  'lead.edited',
  'lead.edit-flagged',
  'lead.frozen',
  'protection.reminded',
  'shifts.published',
  'shift.moved',
  'shift.swap-asked',
  'absence.answered',
  'report.weekly',
  'document.filed',
  'exam.recorded',
  'policy.signed',
  'message.written',
  'message',
  'lead.referral',
  'audit.recorded',
  'advisor.removed',
  'audit.answered',
  'advisor.restored',
  'sanction.opened',
  'sanction.answered',
  'sanction.decided',
  'sale.corrected',
] as const;
