import { sql } from 'kysely';
import { z } from 'zod';

import { mayDo, reachedPeople, reaches, scopeFor, type SignedIn } from '../access/index.ts';
import { addDays, localDate, startOfDay } from '../calendar/index.ts';
import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { MINUTE, plus, SECOND, type Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import { dutyAt, everybody, readFloor } from '../staff/index.ts';
import { dayWindows, hoursState, usual } from './board.ts';
import {
  byHour,
  countedIn,
  countWindows,
  lastDecisions,
  measures,
  tallies,
  timesToContact,
} from './board.store.ts';
import { turnRoutes, type TurnRouteParts } from './turn.routes.ts';
import { leadsWhere, onTheFloor, type LeadRow } from './views.store.ts';

/** Of each kind that needs eyes; more than these nobody can look at. */
const FLOOR_ROWS_MAX = 300;
const DRILL_ROWS_MAX = 200;
/** Minutes to contact at which the distribution steps up. */
const STEPS_MINUTES = [1, 2, 3, 5, 10, 20, 60] as const;
const MINUTES_WITHOUT_CLAUSE = 10;

const drill = z.object({
  measure: z.enum(measures),
  advisor: z.string().max(64).optional(),
  source: z.string().max(200).optional(),
  /** Of the day, from 0. */
  hour: z.coerce.number().int().min(0).max(25).optional(),
});

/** Who could be given a lead by hand: those on duty first, in staff order. */
function receivers(world: World, rules: Rules, now: Instant) {
  const duty = dutyAt(world, now, rules);
  const away = duty.offDuty.filter(({ why }) => why !== 'left');
  return [
    ...duty.onDuty.map(({ id, name }) => ({ id, name, why: null })),
    ...away.map(({ person: { id, name }, why }) => ({ id, name, why })),
  ];
}

/** Today in the organization's zone, up to and with this instant. */
function today(zone: string, now: Instant): { from: Instant; to: Instant } {
  return { from: startOfDay(localDate(now, zone), zone), to: plus(now, 1) };
}

/** The administrator's live board, what others of the line see of it, and the turn beside it. */
export function boardRoutes(app: HttpApp, parts: TurnRouteParts): void {
  const { database, clock, signedIn, rulesFor } = parts;
  turnRoutes(app, parts);
  async function look(tx: Tx, who: SignedIn, now: Instant) {
    const floor = await readFloor(tx, who.organization.id, now, rulesFor);
    const staff = everybody(floor.world);
    return {
      ...floor,
      names: new Map(staff.map(({ id, name }) => [id, name])),
      reached: reachedPeople(scopeFor(who, 'board.see'), who.person.id, staff),
    };
  }

  app.get('/api/board', { config: { may: 'board.see' } }, async (request) => {
    const who = signedIn(request);
    const now = clock.now();
    return database.inOrganization(who.organization.id, async (tx) => {
      const { organization, world, rules, reached, names } = await look(tx, who, now);
      const window = today(organization.zone, now);
      const floor = await onTheFloor(tx, reached, FLOOR_ROWS_MAX);
      const passed = sql`(${countedIn('missed', window, reached)} or ${countedIn('reassigned', window, reached)})`;
      const moved = await leadsWhere(tx, passed, FLOOR_ROWS_MAX);
      const why = new Map(
        (
          await lastDecisions(
            tx,
            [...floor, ...moved].map(({ id }) => id),
          )
        ).map(({ lead, ...rest }) => [lead, rest]),
      );
      const shown = (row: LeadRow) => {
        const decision = why.get(row.id);
        return {
          ...row,
          takenFromName: row.takenFrom === null ? null : (names.get(row.takenFrom) ?? row.takenFrom),
          decision:
            decision === undefined
              ? null
              : {
                  ...decision,
                  person: decision.person === null ? null : (names.get(decision.person) ?? decision.person),
                  passedOver: decision.passedOver.map(({ person, why: reason }) => ({
                    person: names.get(person) ?? person,
                    why: reason,
                  })),
                },
        };
      };
      const rows = floor.map(shown);
      const l4 = rules.cite('contact-center-policy', 'L4');
      return {
        now,
        hours: hoursState(rules, organization.zone, now),
        reassignBy: rules.reading('contact-center-policy', 'reassign.by'),
        minutes:
          l4 === null
            ? MINUTES_WITHOUT_CLAUSE
            : rules.parameter('contact-center-policy', 'L4', 'contactMinutes'),
        waiting: rows.filter(({ stage }) => stage === 'waiting'),
        audit: rows.filter(({ auditListedAt }) => auditListedAt !== null),
        running: rows
          .filter(({ dueAt, auditListedAt }) => dueAt !== null && auditListedAt === null)
          .toSorted((a, b) => ((a.dueAt ?? '') < (b.dueAt ?? '') ? -1 : 1)),
        held: rows.filter(({ stage, paced }) => stage === 'held' && !paced),
        paced: rows.filter(({ stage, paced }) => stage === 'held' && paced),
        moved: moved.map(shown),
        people: mayDo(who, 'leads.place') ? receivers(world, rules, now) : [],
      };
    });
  });

  app.get('/api/board/figures', { config: { may: 'board.see' } }, async (request) => {
    const who = signedIn(request);
    const now = clock.now();
    return database.inOrganization(who.organization.id, async (tx) => {
      const { organization, reached, names } = await look(tx, who, now);
      const windows = dayWindows(organization.zone, now, plus(now, 1));
      const window = today(organization.zone, now);
      const [counted, ...earlier] = await countWindows(tx, reached, windows);
      const arrived = earlier.map(({ received }) => received);
      const steps = STEPS_MINUTES.map((minutes) => (minutes * MINUTE) / SECOND);
      const times = new Map(
        (await timesToContact(tx, reached, window, steps)).map(({ step, leads }) => [step, leads]),
      );
      const named = await tallies(tx, reached, window, 'advisor');
      return {
        now,
        day: window.from,
        figures: measures.map((measure) => ({
          measure,
          value: counted?.[measure] ?? 0,
          usual: usual(
            earlier.map((week) => week[measure]),
            arrived,
          ),
          /** The same weekday of the last weeks up to this time, oldest first. */
          weeks: earlier.map((week) => week[measure]).toReversed(),
        })),
        advisors: named.map((tally) => ({ ...tally, name: names.get(tally.key) ?? tally.key })),
        sources: (await tallies(tx, reached, window, 'source')).map((tally) => ({
          ...tally,
          name: tally.key,
        })),
        hours: await byHour(tx, reached, window),
        times: [...STEPS_MINUTES, null].map((below, step) => ({
          from: step === 0 ? 0 : (STEPS_MINUTES[step - 1] ?? 0),
          below,
          leads: times.get(step) ?? 0,
        })),
      };
    });
  });

  app.get(
    '/api/board/leads',
    { config: { may: 'board.see' }, schema: { querystring: drill } },
    async (request) => {
      const who = signedIn(request);
      const { measure, advisor, source, hour } = request.query;
      const now = clock.now();
      return database.inOrganization(who.organization.id, async (tx) => {
        const { organization, reached } = await look(tx, who, now);
        if (advisor !== undefined && !reaches(reached, advisor)) return refuse({ refused: 'no-such-person' });
        const zone = organization.zone;
        const from = startOfDay(localDate(now, zone), zone);
        const window =
          hour === undefined
            ? { from, to: startOfDay(addDays(localDate(now, zone), 1), zone) }
            : { from: plus(from, hour * 60 * MINUTE), to: plus(from, (hour + 1) * 60 * MINUTE) };
        const whose = advisor === undefined ? reached : new Set([advisor]);
        const ofSource = source === undefined ? sql`true` : sql`l.source = ${source}`;
        const rows = await leadsWhere(
          tx,
          sql`${countedIn(measure, window, whose)} and ${ofSource}`,
          DRILL_ROWS_MAX,
        );
        return { now, rows };
      });
    },
  );
}
