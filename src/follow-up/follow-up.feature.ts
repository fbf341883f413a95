import { appointmentOfSubject, appointmentsSlice, loadAppointments } from '../appointments/index.ts';
import { addDays, startOfDay } from '../calendar/index.ts';
import { loadContacts } from '../contacts/index.ts';
import {
  on,
  type DecideDeadline,
  type Deciding,
  type Fact,
  type Feature,
  type World,
} from '../decisions/index.ts';
import { loadHolds } from '../gate/index.ts';
import { countedTenures, lead as leadOf, leadsSlice, loadLeads, type SaleClosed } from '../leads/index.ts';
import { loadThreads } from '../messages/index.ts';
import type { LocalDate } from '../platform/time.ts';
import { everybody, mayHoldLeads } from '../staff/index.ts';
import { announceClosing } from './announce-closing.ts';
import {
  cancelOpportunity,
  cancelReservation,
  finishNextAction,
  incubate,
  lose,
  makeReservation,
  openOpportunity,
  reopen,
  setNextAction,
  type LeadIncubated,
  type LeadLost,
  type LeadReopened,
  type NextActionDone,
  type NextActionSet,
  type OpportunityCanceled,
  type OpportunityOpened,
  type ReservationCanceled,
  type ReservationMade,
} from './acts.ts';
import {
  book,
  hold,
  reopenAppointment,
  settle,
  type AppointmentBooked,
  type AppointmentCanceled,
  type AppointmentHeld,
  type AppointmentMissed,
  type AppointmentReopened,
} from './appointment-acts.ts';
import { evolveFollowUps, followUpsSlice } from './follow-up-slice.ts';
import {
  allFollowUps,
  allInteractions,
  allWeeks,
  loadFollowUps,
  loadInteractions,
  loadWeeks,
  saveFollowUps,
} from './follow-up.store.ts';
import { evolveInteractions, interactionsSlice } from './interaction.ts';
import { askHowItWent, remindAdvisor, remindClient } from './reminders.ts';
import { evolveWeeks, weekAt, weeksSlice } from './person-week.ts';
import { recallFollowUp } from './recall.ts';
import {
  moveCuts,
  openWeek,
  reports,
  sendWeekly,
  WEEK_SUBJECT,
  weekCut,
  weekDeadlines,
  weekRemind,
  type WeeklySent,
} from './weekly-cut.ts';
import { evolveWeekly, week, weeklySlice } from './weekly-report.ts';
import {
  allBehind,
  allReports,
  allWeeksCut,
  loadOpenWeeks,
  loadReports,
  loadReportsNaming,
  saveWeekly,
} from './weekly.store.ts';

/** Facts that move a person's leads, or take back what was held. */
const ALL_INTERACTIONS: ReadonlySet<string> = new Set([
  'doubt.settled',
  'contact.unmerged',
  'contact.erased',
  'appointment.reopened',
]);

/** A message that counted may turn out never to have arrived. */
function isFailure(fact: Fact & { readonly outcome?: unknown }): boolean {
  return fact.fact === 'message.outcome' && fact.outcome === 'failed';
}

type Load = Feature['load'];

function ofAppointment(decide: (id: string, deciding: Deciding) => void): DecideDeadline {
  return ({ subject }, deciding) => {
    const id = appointmentOfSubject(subject);
    if (id !== null) decide(id, deciding);
  };
}

/** The leads are loaded by then: all that is kept here of them, and the weeks that may change. */
async function load(...[tx, facts, due, loading]: Parameters<Load>): Promise<void> {
  const { world, now } = loading;
  const met = world
    .get(appointmentsSlice)
    .appointments.values()
    .map(({ lead }) => lead);
  const dueLeads = met.filter((id) => leadOf(world, id) === undefined);
  if (dueLeads.length > 0) await loadPeopleOf(tx, world, dueLeads);
  // The client is written to: what they and we wrote before stays as it is.
  if (due.some(({ kind }) => kind === 'appointment.client-reminder')) await loadThreads(tx, world, met);
  const leads = world.get(leadsSlice).leads.ids();
  const booking = facts
    .filter(({ fact }) => fact === 'appointment.booked')
    .flatMap((fact) => leadOf(world, (fact as AppointmentBooked).lead)?.holder ?? []);
  const week = weekAt(world, now);
  await Promise.all([
    loadWeeks(tx, world, [week]),
    loadFollowUps(tx, world, { leads }),
    loadAppointments(tx, world, { leads, people: booking }),
    facts.some((fact) => ALL_INTERACTIONS.has(fact.fact) || isFailure(fact))
      ? loadInteractions(tx, world, leads)
      : null,
  ]);
  const reported = await loadWeekly(tx, facts, due, loading);
  const others = new Set([...reported, ...weeksOf(world)]);
  others.delete(week);
  await loadWeeks(tx, world, [...others]);
}

const OPENS_WEEKS: ReadonlySet<string> = new Set(['person.registered', 'procedure.adopted', 'weekly.sent']);

function isWeekly(fact: Fact): fact is WeeklySent {
  return fact.fact === 'weekly.sent';
}

/** What a report or a cut is made from; gives the weeks they are of. */
async function loadWeekly(...[tx, facts, due, loading]: Parameters<Load>): Promise<LocalDate[]> {
  const { world, now, organization } = loading;
  if (facts.some(({ fact }) => fact === 'contact.erased'))
    await loadReportsNaming(tx, world, world.get(leadsSlice).leads.ids());
  const cuts = due.flatMap(({ subject }) =>
    subject.startsWith(WEEK_SUBJECT) ? [subject.slice(WEEK_SUBJECT.length)] : [],
  );
  const sent = facts.flatMap((fact) => (isWeekly(fact) ? [fact] : []));
  if (cuts.length > 0 || facts.some(({ fact }) => OPENS_WEEKS.has(fact))) await loadOpenWeeks(tx, world);
  if (cuts.length === 0 && sent.length === 0) return [];
  const running = weekAt(world, now);
  const mondays = [...new Set([...cuts, ...sent.map((fact) => fact.week ?? running), addDays(running, -7)])];
  const people =
    cuts.length > 0
      ? everybody(world)
          .filter((person) => mayHoldLeads(person) || reports(person))
          .map(({ id }) => id)
      : sent.map(({ by }) => by);
  await Promise.all([
    loadFollowUps(tx, world, {
      leads: [],
      holders: people,
      gradedSince: startOfDay(mondays.toSorted()[0] ?? running, organization.zone),
    }),
    loadAppointments(tx, world, { people }),
    loadReports(tx, world, { weeks: mondays }),
  ]);
  const named = world
    .get(followUpsSlice)
    .followUps.values()
    .flatMap(({ grade, contact }) => (grade === 'AAA' && contact !== null ? [contact] : []));
  await loadContacts(tx, world, named);
  return mondays;
}

/** Leads that only an appointment named, with all that the gate asks about their people. */
async function loadPeopleOf(tx: Parameters<Load>[0], world: World, ids: readonly string[]): Promise<void> {
  await loadLeads(tx, world, { ids, contacts: [], holders: [], openSince: null });
  const contacts = ids.flatMap((id) => leadOf(world, id)?.contact ?? []);
  await loadContacts(tx, world, contacts);
  await loadHolds(tx, world, contacts);
}

/** Weeks whose figures a decision on what is loaded could change. */
function weeksOf(world: World): LocalDate[] {
  const instants = [
    ...world
      .get(leadsSlice)
      .leads.values()
      .flatMap((lead) => countedTenures(lead).map(({ since }) => since)),
    ...world
      .get(followUpsSlice)
      .followUps.values()
      .flatMap(({ opportunityAt, reservationAt }) => [opportunityAt ?? [], reservationAt ?? []].flat()),
    ...world
      .get(appointmentsSlice)
      .appointments.values()
      .flatMap(({ startsAt, settledAt }) => [startsAt, settledAt ?? []].flat()),
  ];
  return instants.map((at) => weekAt(world, at));
}

/** How far each lead has come and what is to be done next: statuses, appointments, reservations, interactions, the week. */
export const followUpFeature: Feature = {
  name: 'follow-up',
  loads: 'last',
  load,
  facts: new Map([
    on<AppointmentBooked>('appointment.booked', book),
    on<AppointmentHeld>('appointment.held', hold),
    on<AppointmentMissed>('appointment.missed', settle),
    on<AppointmentCanceled>('appointment.canceled', settle),
    on<AppointmentReopened>('appointment.reopened', reopenAppointment),
    on<OpportunityOpened>('opportunity.opened', openOpportunity),
    on<OpportunityCanceled>('opportunity.canceled', cancelOpportunity),
    on<ReservationMade>('reservation.made', makeReservation),
    on<ReservationCanceled>('reservation.canceled', cancelReservation),
    on<LeadIncubated>('lead.incubated', incubate),
    on<LeadLost>('lead.lost', lose),
    on<LeadReopened>('lead.reopened', reopen),
    on<NextActionSet>('next-action.set', setNextAction),
    on<NextActionDone>('next-action.done', finishNextAction),
    on<WeeklySent>('weekly.sent', sendWeekly),
  ]),
  after: new Map([
    ['person.registered', (_fact, deciding) => openWeek(deciding)],
    ['procedure.adopted', (_fact, deciding) => moveCuts(deciding)],
    on<SaleClosed>('sale.closed', announceClosing),
  ]),
  deadlines: new Map([
    ['appointment.reminder', ofAppointment(remindAdvisor)],
    ['appointment.client-reminder', ofAppointment(remindClient)],
    ['appointment.ask', ofAppointment(askHowItWent)],
    ['week.remind', ({ subject }, deciding) => weekRemind(subject.slice(WEEK_SUBJECT.length), deciding)],
    ['week.cut', ({ subject }, deciding) => weekCut(subject.slice(WEEK_SUBJECT.length), deciding)],
  ]),
  recall: recallFollowUp,
  evolve: (world, entry) => {
    evolveInteractions(world, entry);
    evolveFollowUps(world, entry);
    evolveWeeks(world, entry);
    evolveWeekly(world, entry);
  },
  save: async (tx, organization, world) => {
    await Promise.all([saveFollowUps(tx, organization, world), saveWeekly(tx, organization, world)]);
  },
  changedSubjects: (world) =>
    world
      .get(weeklySlice)
      .weeks.changed()
      .map(([monday]) => WEEK_SUBJECT + monday),
  deadlinesOf: (world, subject) => {
    if (!subject.startsWith(WEEK_SUBJECT)) return null;
    const known = week(world, subject.slice(WEEK_SUBJECT.length));
    return known === undefined ? null : weekDeadlines(known);
  },
  tables: [
    {
      table: 'follow_ups',
      key: ['lead'],
      derived: (world) =>
        world
          .get(followUpsSlice)
          .followUps.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => (await allFollowUps(tx)).map((each) => ({ ...each })),
    },
    {
      table: 'interactions',
      key: ['id'],
      derived: (world) =>
        world
          .get(interactionsSlice)
          .interactions.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => (await allInteractions(tx)).map((each) => ({ ...each })),
    },
    {
      table: 'person_weeks',
      key: ['week', 'person'],
      derived: (world) =>
        world
          .get(weeksSlice)
          .weeks.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => (await allWeeks(tx)).map((each) => ({ ...each })),
    },
    {
      table: 'weeks',
      key: ['week'],
      derived: (world) =>
        world
          .get(weeklySlice)
          .weeks.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => (await allWeeksCut(tx)).map((each) => ({ ...each })),
    },
    {
      table: 'weekly_reports',
      key: ['week', 'person', 'version'],
      derived: (world) =>
        world
          .get(weeklySlice)
          .reports.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => (await allReports(tx)).map((each) => ({ ...each })),
    },
    {
      table: 'leads_behind',
      key: ['week', 'person'],
      derived: (world) =>
        world
          .get(weeklySlice)
          .behind.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => (await allBehind(tx)).map((each) => ({ ...each })),
    },
  ],
};
