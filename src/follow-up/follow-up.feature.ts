import { appointmentsSlice, loadAppointments } from '../appointments/index.ts';
import { on, type Fact, type Feature, type World } from '../decisions/index.ts';
import { countedTenures, lead as leadOf, leadsSlice, loadLeads } from '../leads/index.ts';
import type { LocalDate } from '../platform/time.ts';
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
import { evolveWeeks, weekAt, weeksSlice } from './person-week.ts';
import { recallFollowUp } from './recall.ts';

/** Facts that move a person's leads, or take back what was held. */
const ALL_INTERACTIONS: ReadonlySet<string> = new Set([
  'doubt.settled',
  'contact.unmerged',
  'contact.erased',
  'appointment.reopened',
]);

type Load = Feature['load'];

/** The leads are loaded by then: all that is kept here of them, and the weeks that may change. */
async function load(...[tx, facts, , { world, now }]: Parameters<Load>): Promise<void> {
  const dueLeads = world
    .get(appointmentsSlice)
    .appointments.values()
    .map(({ lead }) => lead)
    .filter((id) => leadOf(world, id) === undefined);
  if (dueLeads.length > 0)
    await loadLeads(tx, world, { ids: dueLeads, contacts: [], holders: [], running: false });
  const leads = world.get(leadsSlice).leads.ids();
  const booking = facts
    .filter(({ fact }) => fact === 'appointment.booked')
    .flatMap((fact) => leadOf(world, (fact as AppointmentBooked).lead)?.holder ?? []);
  await Promise.all([
    loadFollowUps(tx, world, { leads }),
    loadAppointments(tx, world, { leads, people: booking }),
    facts.some(({ fact }: Fact) => ALL_INTERACTIONS.has(fact)) ? loadInteractions(tx, world, leads) : null,
  ]);
  await loadWeeks(tx, world, [...new Set([weekAt(world, now), ...weeksOf(world)])]);
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
  loadsAfterOthers: true,
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
  ]),
  deadlines: new Map(),
  recall: recallFollowUp,
  evolve: (world, entry) => {
    evolveInteractions(world, entry);
    evolveFollowUps(world, entry);
    evolveWeeks(world, entry);
  },
  save: saveFollowUps,
  changedSubjects: () => [],
  deadlinesOf: () => null,
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
  ],
};
