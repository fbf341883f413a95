import { sql } from 'kysely';

import { localMonth } from '../src/calendar/index.ts';
import type { Program } from '../src/main.ts';
import type { Log } from '../src/platform/log.ts';
import { HOUR, plus, SECOND, systemClock, type Instant } from '../src/platform/time.ts';
import type { Doors } from './doors.ts';
import { handlingOf, toldAfter, type Handling } from './habits.ts';
import { pretendLeads } from './lead-bodies.ts';
import { seeded, waitFor } from './random.ts';
import { idOf, rosterOf, SALES_ZONE, type SampleOrganization } from './sample-organization.ts';
import type { WhatsAppWorld } from './whatsapp-world.ts';

/** One lead in so long, on average. */
const LEAD_EVERY = 14 * SECOND;
const LEAD_WAIT_MAX = 40 * SECOND;
/** A demo left running over the weekend does not fill the disk. */
const LEADS_A_RUN_MAX = 5_000;
/** How often pretend advisors look at what is theirs. */
const LOOK_EVERY = SECOND;
const LOOKED_AT_MAX = 200;
const ROSTER_EVERY = HOUR;

export interface TrafficParts {
  readonly program: Pick<Program, 'database' | 'house'>;
  readonly organization: string;
  readonly sample: SampleOrganization;
  readonly doors: Doors;
  readonly whatsapp: Pick<WhatsAppWorld, 'answer'>;
  readonly seed: number;
  readonly log: Log;
}

/** A running clock, as the board shows it. */
interface Running {
  readonly lead: string;
  readonly holder: string;
  readonly since: Instant;
  readonly phone: string | null;
}

export interface Traffic {
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/**
 * The living part of the pretend world: leads come in, advisors call those whose clock runs (in time, too late, never),
 * write what they heard, and the month's roster is kept. What an advisor does with a lead follows from seed, lead and
 * advisor, and who holds what is read from the product itself: a restart goes on where the floor stands.
 */
export function startTraffic(parts: TrafficParts): Traffic {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loops = [leadsComeIn(parts, signal), advisorsWork(parts, signal), rosterIsKept(parts, signal)];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

/** Does it again and again with pauses until stopped; one that fails is told of and does not end the traffic. */
async function again(
  parts: TrafficParts,
  signal: AbortSignal,
  what: string,
  pause: () => number,
  act: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await act();
    } catch (error) {
      // oxlint-disable-next-line typescript/no-unnecessary-condition -- stopped meanwhile: not a fault
      if (!signal.aborted) parts.log.warn('traffic-stumbled', { what, error });
    }
    await sleep(pause(), signal);
  }
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    return undefined;
  });
}

function leadsComeIn(parts: TrafficParts, signal: AbortSignal): Promise<void> {
  // Another start brings other people: those of this seed came in the start before.
  const random = seeded(parts.seed ^ Date.parse(systemClock.now()));
  const leads = pretendLeads(random, parts.sample);
  let left = LEADS_A_RUN_MAX;
  const pause = (): number => (left > 0 ? Math.min(waitFor(random, LEAD_EVERY), LEAD_WAIT_MAX) : HOUR);
  return again(parts, signal, 'leads', pause, async () => {
    if (left <= 0) return;
    left -= 1;
    await parts.doors.lead(leads.next().body);
  });
}

/** What is planned for one tenure: first the call, then the writing. */
interface Planned extends Running {
  readonly handling: Handling;
  readonly startsAt: Instant;
  called: boolean;
}

function advisorsWork(parts: TrafficParts, signal: AbortSignal): Promise<void> {
  const { program, organization, seed, sample } = parts;
  const planned = new Map<string, Planned>();
  const began = systemClock.now();
  return again(
    parts,
    signal,
    'advisors',
    () => LOOK_EVERY,
    async () => {
      parts.whatsapp.answer();
      for (const running of await clocksRunning(parts)) {
        const key = `${running.lead} ${running.holder}`;
        if (planned.has(key)) continue;
        const handling = handlingOf(seed, running.lead, running.holder);
        const due = plus(running.since, handling.call?.startsAfter ?? 0);
        // Whoever should have called while the program was down does so now.
        planned.set(key, {
          ...running,
          handling,
          startsAt: due < began ? plus(systemClock.now(), 5 * SECOND) : due,
          called: false,
        });
      }
      for (const [key, plan] of planned) if (await work(plan)) planned.delete(key);
    },
  );

  /** True when there is nothing left to do. */
  async function work(plan: Planned): Promise<boolean> {
    const { handling, startsAt, holder, lead } = plan;
    const { call } = handling;
    // Without a number there is nobody to call: the ten minutes pass.
    if (call === null || plan.phone === null) return true;
    const now = systemClock.now();
    if (!plan.called && now >= plus(startsAt, toldAfter(call) - call.startsAfter)) {
      plan.called = true;
      const advisor = sample.staff.find(({ id }) => id === holder)?.name ?? holder;
      const { ringSeconds, talkSeconds } = call;
      const otherParty = plan.phone.slice(-10);
      await parts.doors.call({
        direction: 'out',
        startedAt: Date.parse(startsAt),
        ringSeconds,
        talkSeconds,
        otherParty,
        advisor,
      });
    }
    if (now < plus(startsAt, handling.writesAfter - call.startsAfter)) return false;
    if (handling.note !== null) await tell({ fact: 'note', text: handling.note });
    if (handling.grade !== null)
      await tell({ fact: 'lead.graded', grade: handling.grade[0], reason: handling.grade[1] });
    return true;

    async function tell(told: { readonly fact: string; readonly [field: string]: unknown }): Promise<void> {
      const fact = { actor: holder, by: holder, lead, ...told };
      await program.house.submit(organization, fact);
    }
  }
}

/** Leads whose ten minutes run, with the number to call. */
async function clocksRunning({ program, organization }: TrafficParts): Promise<Running[]> {
  return program.database.inOrganization(organization, async (tx) => {
    const found = await sql<Running>`
      select l.id as lead, l.holder, l.assigned_at as since, c.phones->0->>'value' as phone
        from leads l left join contacts c on c.organization_id = l.organization_id and c.id = l.contact
       where l.organization_id = ${organization} and l.stage = 'assigned' and l.due_at is not null
       order by l.due_at limit ${LOOKED_AT_MAX}`.execute(tx);
    return found.rows;
  });
}

/** A sample found again in a later month has its roster, by the administrator, as an organization going live would. */
function rosterIsKept(
  { program, organization, sample, ...rest }: TrafficParts,
  signal: AbortSignal,
): Promise<void> {
  const by = idOf(sample, 'administrator');
  return again(
    { program, organization, sample, ...rest },
    signal,
    'roster',
    () => ROSTER_EVERY,
    async () => {
      const month = localMonth(systemClock.now(), sample.zone);
      if (await hasRoster(month)) return;
      const advisors = rosterOf(sample).map(({ id }) => id);
      const fact = {
        fact: 'roster.submitted',
        actor: by,
        by,
        month,
        zone: SALES_ZONE,
        advisors,
        byAdministrator: true,
      };
      await program.house.submit(organization, fact);
    },
  );

  function hasRoster(month: string): Promise<boolean> {
    return program.database.inOrganization(organization, async (tx) => {
      const found = await sql`
        select 1 from roster_places where organization_id = ${organization} and month = ${month} limit 1`.execute(
        tx,
      );
      return found.rows.length > 0;
    });
  }
}
