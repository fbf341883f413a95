import { call as callOf, loadCallsOfLeads } from '../calls/index.ts';
import { localMonth } from '../calendar/index.ts';
import {
  contactsSlice,
  loadContacts,
  loadDoubtsAbout,
  type ContactErased,
  type ContactExported,
  type ContactOptedIn,
  type ContactOptedOut,
  type ContactUnmerged,
  type DoubtSettled,
} from '../contacts/index.ts';
import {
  currentOrganization,
  on,
  type Deciding,
  type DecideDeadline,
  type Fact,
  type Feature,
  type OwnDeadline,
  type World,
} from '../decisions/index.ts';
import { loadHolds } from '../gate/index.ts';
import {
  CONVERSATION,
  loadQueuedMessages,
  loadThreads,
  outboxMessage,
  type MessageOutcome,
} from '../messages/index.ts';
import { plus } from '../platform/time.ts';
import type { LeadImported, LeadReceived, LeadRegistered } from '../sources/index.ts';
import { loadFigures, type PersonChanged } from '../staff/index.ts';
import {
  attemptContact,
  closeSale,
  gradeLead,
  passLead,
  placeLead,
  writeNote,
  type ContactAttempted,
  type LeadGraded,
  type LeadPassed,
  type LeadPlaced,
  type NoteWritten,
  type SaleClosed,
} from './acts.ts';
import {
  callEnded,
  callReported,
  callStarted,
  messageSettled,
  type CallEnded,
  type CallReported,
  type CallStarted,
} from './calls-heard.ts';
import { optIn, optOut } from './consents.ts';
import { seeMessage, writeMessage, type MessageSeen, type MessageWritten } from './conversing.ts';
import { settleDoubt } from './duplicates.ts';
import { asReceived, erasePerson, exportPerson } from './erasing.ts';
import { forgetLeads, type LeadsForgotten } from './forgetting.ts';
import { handOverAll } from './hand-over.ts';
import { BUSY_MAX, openHeld, releasePaced } from './held-release.ts';
import { countedTenures, type Lead } from './lead.ts';
import { evolveLeads, lead as leadOf, leadsSlice } from './leads-slice.ts';
import {
  allIntakes,
  allLeads,
  allRotations,
  loadIntakes,
  loadIntakesOfContacts,
  loadLeads,
  loadLeadsToldBefore,
  loadLooseIntakes,
  loadTurns,
  saveLeads,
} from './leads.store.ts';
import { noticeMissed } from './notice.ts';
import { unmerge } from './parting.ts';
import { recallLeads } from './recall.ts';
import { importLead, receiveLead, registerLead } from './receive.ts';
import { callWaitOver, tenMinutesOver } from './ten-minutes.ts';
import { markTest, type LeadMarkedTest } from './test-leads.ts';

const SUBJECT = 'lead:';

/** What a lead must have done by when, following from its state alone. */
function deadlinesOfLead(lead: Lead): OwnDeadline[] {
  const deadlines: OwnDeadline[] = [];
  if (lead.stage === 'held' && lead.heldUntil !== null && !lead.paced && lead.frozenAt === null)
    deadlines.push({ kind: 'lead.opens', dueAt: lead.heldUntil, rank: lead.number });
  if (lead.stage === 'assigned' && lead.noticeDueAt !== null && lead.notifiedAt === null)
    deadlines.push({ kind: 'lead.notice', dueAt: lead.noticeDueAt, rank: lead.number });
  // Nobody can be reached while a claim is looked into: no term of the holder runs (lead-reassignment L4).
  if (lead.frozenAt !== null) return deadlines;
  if (lead.waitEndsAt !== null)
    deadlines.push({
      kind: lead.paced ? 'lead.guard-begins' : 'lead.call-wait',
      dueAt: lead.waitEndsAt,
      rank: lead.number,
    });
  else if (lead.stage === 'assigned' && lead.dueAt !== null)
    deadlines.push({ kind: 'lead.first-contact', dueAt: lead.dueAt, rank: lead.number });
  return deadlines;
}

function forLead(decide: (lead: Lead, ...rest: Parameters<DecideDeadline>) => void): DecideDeadline {
  return (deadline, deciding) => {
    const lead = leadOf(deciding.world, deadline.subject.slice(SUBJECT.length));
    if (lead !== undefined) decide(lead, deadline, deciding);
  };
}

type Named = Fact & {
  readonly lead?: string | null;
  readonly call?: string;
  readonly referredBy?: string | null;
  readonly of?: string | null;
  readonly message?: string;
  readonly identity?: unknown;
  readonly contact?: string | null;
  readonly source?: string;
  readonly sourceId?: string | null;
  readonly arrival?: { readonly source: string; readonly sourceId: string | null };
};

async function load(...[tx, facts, due, { world, rules, now }]: Parameters<Feature['load']>): Promise<void> {
  const named = facts as readonly Named[];
  const ids = new Set<string>();
  for (const fact of named) {
    if (fact.lead != null) ids.add(fact.lead);
    if (fact.referredBy != null) ids.add(fact.referredBy);
    if (fact.of != null) ids.add(fact.of);
    const ofCall = fact.call === undefined ? null : (callOf(world, fact.call)?.lead ?? null);
    if (ofCall !== null) ids.add(ofCall);
    const ofMessage = fact.message === undefined ? null : (outboxMessage(world, fact.message)?.lead ?? null);
    if (ofMessage !== null) ids.add(ofMessage);
  }
  const leadsDue = due
    .filter((d) => d.subject.startsWith(SUBJECT))
    .map((d) => d.subject.slice(SUBJECT.length));
  const forgotten = (facts as readonly (Fact & Partial<LeadsForgotten>)[]).flatMap((f) =>
    f.fact === 'lead.forgotten' ? (f.leads ?? []) : [],
  );
  for (const id of [...leadsDue, ...forgotten]) ids.add(id);
  // People who have just been found by the contact's keys: their leads decide whose a duplicate is.
  const contacts = world.get(contactsSlice).contacts.ids();
  const holders = (facts as readonly (Fact & Partial<PersonChanged>)[]).flatMap((f) =>
    f.fact === 'person.changed' && f.left === true && f.person !== undefined ? [f.person] : [],
  );
  const isPaced = rules.reading('contact-center-policy', 'held.release') === 'paced';
  const openSince = isPaced ? plus(now, -BUSY_MAX) : null;
  const told = named.flatMap(({ source, sourceId, arrival }) => [
    ...(source !== undefined && sourceId != null ? [{ source, sourceId }] : []),
    ...(arrival?.sourceId != null ? [{ source: arrival.source, sourceId: arrival.sourceId }] : []),
  ]);
  await Promise.all([
    loadLeads(tx, world, { ids: [...ids], contacts, holders, openSince }),
    loadLeadsToldBefore(tx, world, told),
    loadIntakes(tx, world, forgotten),
    loadTurns(tx, world),
  ]);
  await loadRelated(tx, world, leadsDue);
  const conversed = named.flatMap(({ message }) => {
    const sent = message === undefined ? undefined : outboxMessage(world, message);
    return sent?.kind === CONVERSATION ? (sent.lead ?? []) : [];
  });
  if (conversed.length > 0) await loadThreads(tx, world, conversed);
  if (named.some(({ fact }) => CONVERSES.has(fact))) await loadConversations(tx, world);
  if (named.some(({ fact }) => WHOLE_PERSON.has(fact))) await loadPeople(tx, world);
  const undoes = named.some(({ fact }) => fact === 'lead.marked-test' || WHOLE_PERSON.has(fact));
  await loadFiguresOfLeads(tx, world, undoes);
}

/** Facts that look at what was written before, with whichever of the person's leads. */
const CONVERSES: ReadonlySet<string> = new Set(['message', 'message.written']);

async function loadConversations(tx: Parameters<Feature['load']>[0], world: World): Promise<void> {
  const contacts = world.get(contactsSlice).contacts.ids();
  await loadLeads(tx, world, { ids: [], contacts, holders: [], openSince: null });
  await loadThreads(tx, world, world.get(leadsSlice).leads.ids());
}

/** Facts that move or take away all that a person has. */
const WHOLE_PERSON: ReadonlySet<string> = new Set(['doubt.settled', 'contact.unmerged', 'contact.erased']);

async function loadPeople(tx: Parameters<Feature['load']>[0], world: World): Promise<void> {
  const { contacts } = world.get(contactsSlice);
  const ids = contacts.ids();
  await loadLeads(tx, world, { ids: [], contacts: ids, holders: [], openSince: null });
  await loadDoubtsAbout(tx, world, ids);
  await loadIntakesOfContacts(tx, world, ids);
  await loadLooseIntakes(tx, world, asReceived(contacts.values()));
  const leads = world.get(leadsSlice).leads.ids();
  await loadCallsOfLeads(tx, world, leads);
  await loadQueuedMessages(tx, world, leads);
}

/** What the leads themselves point to: their people, the other leads of held ones' people, calls, holds. */
async function loadRelated(
  tx: Parameters<Feature['load']>[0],
  world: World,
  leadsDue: readonly string[],
): Promise<void> {
  const { leads } = world.get(leadsSlice);
  const contactIds = leads.values().flatMap((lead) => lead.contact ?? []);
  const mayBeReleased = leadsDue.length > 0 || leads.values().some((lead) => lead.paced);
  const held = mayBeReleased ? leads.values().filter((lead) => lead.stage === 'held') : [];
  const ofHeld = {
    ids: held.flatMap((lead) => lead.referredBy ?? []),
    contacts: held.flatMap((lead) => lead.contact ?? []),
    holders: [],
    openSince: null,
  };
  const uncontacted = () =>
    leads
      .values()
      .filter((lead) => callsMatter(lead))
      .map(({ id }) => id);
  const known = new Set([...world.get(contactsSlice).contacts.ids(), ...contactIds]);
  await Promise.all([
    loadContacts(tx, world, contactIds),
    held.length === 0 ? null : loadLeads(tx, world, ofHeld),
    loadHolds(tx, world, [...known]),
    loadCallsOfLeads(tx, world, uncontacted()),
  ]);
  // Whom they were merged with, and who sent those that are held, are known only now.
  const found = world.get(contactsSlice).contacts.ids();
  await Promise.all([
    held.length === 0 ? null : loadCallsOfLeads(tx, world, uncontacted()),
    found.every((id) => known.has(id)) ? null : loadHolds(tx, world, found),
  ]);
}
async function loadFiguresOfLeads(
  tx: Parameters<Feature['load']>[0],
  world: World,
  undoes: boolean,
): Promise<void> {
  const { zone } = currentOrganization(world);
  const months = world
    .get(leadsSlice)
    .leads.values()
    .flatMap((lead) => [
      ...lead.tenures.filter((t) => t.missedAt !== null && t.struckAt === null),
      ...(undoes ? countedTenures(lead) : []),
    ])
    .map((t) => localMonth(t.since, zone));
  await loadFigures(tx, world, [...new Set(months)]);
}

/** Calls are looked at only while first contact is open: the ten minutes run, or could still be proven late. */
function callsMatter(lead: Lead): boolean {
  return lead.stage !== 'refused' && lead.tenures.some((t) => t.contactedAt === null && t.voidAt === null);
}

/** Leads of one who leaves go on by turn (lead-reassignment L9); whoever comes back may take one that waits. */
function personChanged(fact: PersonChanged, deciding: Deciding): void {
  if (fact.left === true) handOverAll(deciding, fact.person);
  releasePaced(deciding);
}

/** After which somebody else may be on duty, or will be at another hour. */
const GUARDS_CHANGE = [
  'roster.confirmed',
  'shifts.planned',
  'shift.swap-approved',
  'absence.canceled',
] as const;

/** Leads: whose they are, whose turn it is, and whether they were contacted in time. */
export const leadsFeature: Feature = {
  name: 'leads',
  loads: 'in-turn',
  load,
  facts: new Map([
    on<LeadReceived>('lead.received', receiveLead),
    on<LeadRegistered>('lead.registered', registerLead),
    on<LeadImported>('lead.imported', importLead),
    on<CallStarted>('call.started', callStarted),
    on<CallEnded>('call.ended', callEnded),
    on<CallReported>('call.reported', callReported),
    on<MessageOutcome>('message.outcome', messageSettled),
    on<NoteWritten>('note', writeNote),
    on<LeadGraded>('lead.graded', gradeLead),
    on<LeadPassed>('lead.passed', passLead),
    on<LeadPlaced>('lead.placed', placeLead),
    on<MessageSeen>('message', seeMessage),
    on<MessageWritten>('message.written', writeMessage),
    on<ContactAttempted>('contact.attempted', attemptContact),
    on<SaleClosed>('sale.closed', closeSale),
    on<DoubtSettled>('doubt.settled', settleDoubt),
    on<ContactUnmerged>('contact.unmerged', unmerge),
    on<LeadMarkedTest>('lead.marked-test', markTest),
    on<ContactOptedOut>('contact.opted-out', optOut),
    on<ContactOptedIn>('contact.opted-in', optIn),
    on<ContactExported>('contact.exported', exportPerson),
    on<ContactErased>('contact.erased', erasePerson),
    on<LeadsForgotten>('lead.forgotten', forgetLeads),
  ]),
  after: new Map([
    on<PersonChanged>('person.changed', personChanged),
    ...GUARDS_CHANGE.map((fact) => on<Fact>(fact, (_fact, deciding) => releasePaced(deciding))),
  ]),
  deadlines: new Map([
    ['lead.opens', forLead((lead, _deadline, deciding) => openHeld(deciding, lead))],
    ['lead.guard-begins', (_deadline, deciding) => releasePaced(deciding)],
    ['lead.first-contact', forLead((lead, _deadline, deciding) => tenMinutesOver(deciding, lead))],
    ['lead.call-wait', forLead((lead, _deadline, deciding) => callWaitOver(deciding, lead))],
    [
      'lead.notice',
      forLead((lead, { dueAt }, deciding) => {
        if (lead.holder !== null) noticeMissed(deciding, lead, lead.holder, dueAt);
      }),
    ],
  ]),
  evolve: evolveLeads,
  recall: recallLeads,
  save: saveLeads,
  changedSubjects: (world) =>
    world
      .get(leadsSlice)
      .leads.changed()
      .map(([id]) => SUBJECT + id),
  deadlinesOf: (world, subject) => {
    if (!subject.startsWith(SUBJECT)) return null;
    const lead = leadOf(world, subject.slice(SUBJECT.length));
    return lead === undefined ? null : deadlinesOfLead(lead);
  },
  tables: [
    {
      table: 'leads',
      key: ['id'],
      derived: (world) =>
        world
          .get(leadsSlice)
          .leads.values()
          .map((lead) => ({ ...lead })),
      stored: async (tx) => (await allLeads(tx)).map((lead) => ({ ...lead })),
    },
    {
      table: 'lead_intakes',
      key: ['lead'],
      derived: (world) =>
        world
          .get(leadsSlice)
          .intakes.values()
          .map((intake) => ({ ...intake })),
      stored: async (tx) => (await allIntakes(tx)).map((intake) => ({ ...intake })),
    },
    {
      table: 'rotations',
      key: ['rotation', 'person'],
      derived: (world) =>
        world
          .get(leadsSlice)
          .rotations.values()
          .map((place) => ({ ...place })),
      stored: async (tx) => (await allRotations(tx)).map((place) => ({ ...place })),
    },
  ],
};
