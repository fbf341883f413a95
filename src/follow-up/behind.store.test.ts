import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Appointment } from '../appointments/index.ts';
import { openDatabase, type Database } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import { HOUR, instant, plus, type Instant } from '../platform/time.ts';
import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { behindOn } from './behind.ts';
import type { FollowUp } from './follow-up.ts';
import { behindByPerson, type BehindOf } from './views.store.ts';

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url, { connectionsMax: 2 });
});

afterAll(async () => {
  await database.close();
  await own.drop();
});

const NOW = instant('2024-07-10T18:00:00Z');
const TEAM = ['ana', 'beto'];
const CASES = 150;
const PROPERTY_MILLISECONDS_MAX = 60_000;

/** Around now, and now itself: where the two could part. */
const around = fc.constantFrom(-48, -1, 0, 1, 48).map((hours) => plus(NOW, hours * HOUR));
const perhaps = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const who = fc.constantFrom(...TEAM, 'caro');

interface Drawn {
  readonly row: Pick<
    FollowUp,
    'open' | 'holder' | 'contactedAt' | 'grade' | 'nextActionDueAt' | 'nextContactFrom'
  >;
  readonly meetings: readonly Pick<Appointment, 'state' | 'person' | 'endsAt'>[];
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  row: fc.record({
    // Most of what matters is open, somebody's and contacted.
    open: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
    holder: perhaps(who),
    contactedAt: perhaps(fc.constant(plus(NOW, -72 * HOUR))),
    grade: perhaps(fc.constantFrom('AA' as const, 'A' as const)),
    nextActionDueAt: perhaps(around),
    nextContactFrom: perhaps(around),
  }),
  meetings: fc.array(
    fc.record({
      state: fc.constantFrom('booked', 'held', 'missed', 'canceled'),
      // Whoever booked it may not have the lead any more.
      person: who,
      endsAt: around,
    }),
    { maxLength: 3 },
  ),
});

function followUp(lead: string, row: Drawn['row']): FollowUp {
  const received: Instant = plus(NOW, -96 * HOUR);
  return {
    lead,
    contact: null,
    holderSince: row.holder === null ? null : received,
    receivedAt: received,
    status: 'contacted',
    gradedAt: row.grade === null ? null : received,
    followUpAt: null,
    appointments: 0,
    opportunityAt: null,
    opportunityBy: null,
    reservationAt: null,
    reservationBy: null,
    reservationPrice: null,
    closedAt: null,
    closedBy: null,
    sale: null,
    lostAt: null,
    lostReason: null,
    lostText: null,
    incubatedAt: null,
    incubatedEvidence: null,
    nextContactOn: null,
    nextAction: null,
    nextActionKind: null,
    nextActionBy: null,
    ...row,
  };
}

function appointment(id: string, lead: string, meeting: Drawn['meetings'][number]): Appointment {
  const startsAt = plus(meeting.endsAt, -HOUR);
  return {
    id,
    lead,
    contact: null,
    bookedBy: meeting.person,
    kind: 'meeting',
    place: null,
    startsAt,
    bookedAt: plus(startsAt, -HOUR),
    settledAt: null,
    settledBy: null,
    remindAt: null,
    remindClientAt: null,
    askAt: null,
    ...meeting,
  };
}

/** What the pure rule makes of each lead, counted as the screen counts. */
function byTheRule(leads: readonly { row: FollowUp; meetings: readonly Appointment[] }[]): BehindOf[] {
  return TEAM.flatMap((person) => {
    const open = leads.filter(({ row }) => row.open && row.holder === person);
    const reasons = open.map(({ row, meetings }) => behindOn(row, meetings, NOW));
    const overdue = reasons.filter((each) => each.some((reason) => OVERDUE.has(reason)));
    const behind = reasons.filter((each) => each.length > 0).length;
    return open.length === 0 ? [] : [{ person, open: open.length, behind, overdue: overdue.length }];
  });
}

const OVERDUE: ReadonlySet<string> = new Set(['next-action-overdue', 'incubator-overdue']);

describe('how many leads are not up to date', () => {
  it(
    'is the same by the query over all of them and by the rule lead by lead',
    async () => {
      let cases = 0;
      const property = fc.asyncProperty(fc.array(drawn, { maxLength: 12 }), async (all) => {
        cases += 1;
        const organization = `o${cases}`;
        const leads = all.map(({ row, meetings }, index) => ({
          row: followUp(`L${index}`, row),
          meetings: meetings.map((each, place) => appointment(`a${index}-${place}`, `L${index}`, each)),
        }));
        const counted = await database.inOrganization(organization, async (tx) => {
          const rows = leads.map(({ row }) => ({ ...row }));
          const meetings = leads.flatMap((lead) => lead.meetings.map((each) => ({ ...each })));
          await saveRows(tx, organization, 'follow_ups', ['lead'], rows);
          await saveRows(tx, organization, 'appointments', ['id'], meetings);
          return behindByPerson(tx, TEAM, NOW);
        });
        const byName = counted.toSorted((one, other) => (one.person < other.person ? -1 : 1));
        expect(byName.map((each) => ({ ...each }))).toEqual(byTheRule(leads));
      });
      await fc.assert(property, { numRuns: CASES });
    },
    PROPERTY_MILLISECONDS_MAX,
  );
});
