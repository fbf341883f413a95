import {
  on,
  type Deciding,
  type DecideDeadline,
  type Fact,
  type Feature,
  type OwnDeadline,
  type Refusal,
} from '../decisions/index.ts';
import {
  lead as leadOf,
  leadsOfContact,
  leadsSlice,
  type CallReported,
  type LeadMarkedTest,
  type LeadPassed,
  type LeadPlaced,
} from '../leads/index.ts';
import { between, HOUR, plus, type Instant } from '../platform/time.ts';
import type { PersonChanged } from '../staff/index.ts';
import { isPending, type Claim } from './claim.ts';
import { claim as claimOf, claimsSlice, evolveClaims, pendingOnPerson } from './claims-slice.ts';
import {
  allClaims,
  allEdits,
  allIncubations,
  loadClaims,
  loadClaimsAskedBy,
  loadClaimsOfLeads,
  loadEdits,
  loadGrounds,
  saveClaims,
} from './claims.store.ts';
import { cited } from './clauses.ts';
import { appeal, confirmClaim, remindOfRuling, ruleOnAppeal, rulingOver } from './confirm.ts';
import { close, judge } from './decide-claim.ts';
import { agree, evidenceOver, remindOfEvidence, sendEvidence } from './evidence.ts';
import type {
  AppealRuled,
  ClaimAgreed,
  ClaimAppealed,
  ClaimConfirmed,
  ClaimRequested,
  ClaimWithdrawn,
  EvidenceSent,
  StatusAsked,
} from './facts.ts';
import { editLead, editsSlice, evolveEdits, type LeadEdited } from './edits.ts';
import { freezeIfJoined, freezeWhatJoined, releaseWhatParted } from './joined.ts';
import { recallClaims } from './recall.ts';
import { requestClaim, withdrawClaim } from './request.ts';
import { askStatus } from './status.ts';

const SUBJECT = 'claim:';

/** How long before the end of a term whoever must act is reminded of it. */
const REMINDED_BEFORE = 2 * HOUR;

function deadlinesOfClaim(claim: Claim): OwnDeadline[] {
  const deadlines: OwnDeadline[] = [];
  if (claim.state === 'asked' && claim.evidenceDueAt !== null) {
    deadlines.push({ kind: 'claim.evidence', dueAt: claim.exceptedUntil ?? claim.evidenceDueAt });
    remind(deadlines, 'claim.evidence-soon', claim.askedAt, claim.remindedAt, claim.evidenceDueAt);
  }
  if (isPending(claim) && claim.rulingDueAt !== null && claim.rulingMissedAt === null) {
    deadlines.push({ kind: 'claim.ruling', dueAt: claim.rulingDueAt });
    remind(deadlines, 'claim.ruling-soon', claim.requestedAt, claim.rulingRemindedAt, claim.rulingDueAt);
  }
  if (claim.state === 'appealed' && claim.appealDueAt !== null && claim.appealMissedAt === null)
    deadlines.push({ kind: 'claim.ruling', dueAt: claim.appealDueAt });
  return deadlines;
}

/** No reminder of a term that had just begun. */
function remind(
  deadlines: OwnDeadline[],
  kind: string,
  beganAt: Instant | null,
  remindedAt: Instant | null,
  dueAt: Instant,
): void {
  if (remindedAt !== null || beganAt === null || between(beganAt, dueAt) <= REMINDED_BEFORE) return;
  deadlines.push({ kind, dueAt: plus(dueAt, -REMINDED_BEFORE) });
}

type Arrived = Fact & { readonly lead: string };
type Named = Fact & {
  readonly claim?: string;
  readonly lead?: string | null;
  readonly person?: string;
  readonly left?: boolean;
};

/** Facts after which somebody may be another person than before, or no longer here. */
const OF_PEOPLE: ReadonlySet<string> = new Set([
  'contact.erased',
  'contact.unmerged',
  'doubt.settled',
  'person.changed',
]);

async function load(...[tx, facts, due, loading]: Parameters<Feature['load']>): Promise<void> {
  const { world } = loading;
  const named = facts as readonly Named[];
  const ids = [
    ...due.flatMap(({ subject }) => (subject.startsWith(SUBJECT) ? [subject.slice(SUBJECT.length)] : [])),
    ...named.flatMap(({ claim }) => claim ?? []),
  ];
  const leaving = named.flatMap(({ fact, person, left }) =>
    fact === 'person.changed' && left === true && person !== undefined ? [person] : [],
  );
  await Promise.all([loadClaims(tx, world, [...new Set(ids)]), loadClaimsAskedBy(tx, world, leaving)]);
  const claimed = world
    .get(claimsSlice)
    .claims.values()
    .map(({ lead }) => lead);
  const { leads } = world.get(leadsSlice);
  const asked = named.flatMap(({ fact, lead }) =>
    (fact === 'claim.requested' || fact === 'lead.edited') && lead != null ? [lead] : [],
  );
  // What leavers hold, and the leads of people who are merged, parted or erased, are in the world by now.
  const moved = named.some(({ fact }) => OF_PEOPLE.has(fact))
    ? leads.values().filter(({ contact }) => contact !== null)
    : [];
  const underClaim = moved.filter((lead) => lead.claims.length > 0 || lead.frozenAt !== null);
  const movedLeads = moved.map(({ id }) => id);
  await Promise.all([loadClaimsOfLeads(tx, world, movedLeads), loadEdits(tx, world, movedLeads)]);
  await loadGrounds(tx, loading, [...new Set([...claimed, ...asked, ...underClaim.map(({ id }) => id)])]);
}

function forClaim(
  decide: (deciding: Deciding, id: string, deadline: Parameters<DecideDeadline>[0]) => void,
): DecideDeadline {
  return (deadline, deciding) => decide(deciding, deadline.subject.slice(SUBJECT.length), deadline);
}

/** While a claim is open the lead goes nowhere but by its ruling (L2, L4). */
function notWhileClaimed(fact: { readonly lead: string }, deciding: Deciding): Refusal | void {
  const claim = leadOf(deciding.world, fact.lead)?.claims[0];
  if (claim === undefined) return undefined;
  return {
    refused: 'lead-under-claim',
    because: cited(deciding.rules, 'lead-reassignment', 'L4'),
    detail: { claim },
  };
}

/** The evidence would go with the person. */
function notErasedWhileClaimed(
  fact: Fact & { readonly contact?: string | null; readonly lead?: string | null },
  deciding: Deciding,
): Refusal | void {
  const contact =
    fact.contact ?? (fact.lead == null ? null : (leadOf(deciding.world, fact.lead)?.contact ?? null));
  if (contact === null) return undefined;
  const [open] = leadsOfContact(deciding.world, contact).flatMap((lead) =>
    pendingOnPerson(deciding.world, contact, lead.id),
  );
  if (open === undefined) return undefined;
  return {
    refused: 'claim-open',
    because: cited(deciding.rules, 'lead-reassignment', 'L4'),
    detail: { claim: open.id },
  };
}

const inOrder = ({ requestedAt, id }: Claim): string => `${requestedAt} ${id}`;

/** Line 2 for the leads that were the leaver's; what the leaver asked for ends. */
function personLeft(fact: PersonChanged, deciding: Deciding): void {
  if (fact.left !== true) return;
  // First asked, first decided: whatever order they were loaded in, who gets what must not depend on it.
  const pending = deciding.world
    .get(claimsSlice)
    .claims.values()
    .filter(isPending)
    .toSorted((a, b) => (inOrder(a) < inOrder(b) ? -1 : 1));
  for (const each of pending) {
    const now = claimOf(deciding.world, each.id) ?? each;
    if (!isPending(now)) continue;
    if (now.requester === fact.person) close(deciding, now, 'requester-left');
    else if (leadOf(deciding.world, now.lead)?.holder === fact.person) judge(deciding, now.id, false);
  }
}

/** Claims: two want one lead (lead-reassignment). */
export const claimsFeature: Feature = {
  name: 'claims',
  loads: 'in-turn',
  load,
  facts: new Map([
    on<ClaimRequested>('claim.requested', requestClaim),
    on<ClaimWithdrawn>('claim.withdrawn', withdrawClaim),
    on<StatusAsked>('claim.statusAsked', askStatus),
    on<EvidenceSent>('evidence.sent', sendEvidence),
    on<ClaimAgreed>('claim.agreed', agree),
    on<ClaimConfirmed>('claim.confirmed', confirmClaim),
    on<ClaimAppealed>('claim.appealed', appeal),
    on<AppealRuled>('claim.appeal-ruled', ruleOnAppeal),
    on<LeadEdited>('lead.edited', editLead),
  ]),
  before: new Map([
    on<LeadPassed>('lead.passed', notWhileClaimed),
    on<LeadPlaced>('lead.placed', notWhileClaimed),
    on<LeadMarkedTest>('lead.marked-test', notWhileClaimed),
    on<Fact>('contact.erased', notErasedWhileClaimed),
  ]),
  after: new Map([
    on<PersonChanged>('person.changed', personLeft),
    ...['lead.received', 'lead.registered', 'lead.imported'].map((fact) =>
      on<Arrived>(fact, ({ lead }, deciding) => freezeIfJoined(deciding, lead)),
    ),
    // A call from a number of nobody's made a lead; any other brings none.
    on<CallReported>('call.reported', ({ arrival = null }, deciding) => {
      if (arrival !== null) freezeIfJoined(deciding, arrival.lead);
    }),
    on<Fact>('doubt.settled', (_fact, deciding) => freezeWhatJoined(deciding)),
    on<Fact>('contact.unmerged', (_fact, deciding) => releaseWhatParted(deciding)),
  ]),
  deadlines: new Map([
    ['claim.evidence', forClaim((deciding, id, deadline) => evidenceOver(deadline, deciding, id))],
    ['claim.evidence-soon', forClaim(remindOfEvidence)],
    ['claim.ruling', forClaim((deciding, id, deadline) => rulingOver(deadline, deciding, id))],
    ['claim.ruling-soon', forClaim(remindOfRuling)],
  ]),
  recall: recallClaims,
  evolve: (world, entry) => {
    evolveClaims(world, entry);
    evolveEdits(world, entry);
  },
  save: saveClaims,
  changedSubjects: (world) =>
    world
      .get(claimsSlice)
      .claims.changed()
      .map(([id]) => SUBJECT + id),
  deadlinesOf: (world, subject) => {
    if (!subject.startsWith(SUBJECT)) return null;
    const known = claimOf(world, subject.slice(SUBJECT.length));
    return known === undefined ? null : deadlinesOfClaim(known);
  },
  tables: [
    {
      table: 'claims',
      key: ['id'],
      derived: (world) =>
        world
          .get(claimsSlice)
          .claims.values()
          .map((each) => ({ ...each })),
      stored: allClaims,
    },
    {
      table: 'incubations',
      key: ['lead', 'at'],
      derived: (world) =>
        world
          .get(claimsSlice)
          .incubations.values()
          .map((each) => ({ ...each })),
      stored: allIncubations,
    },
    {
      table: 'lead_edits',
      key: ['id'],
      derived: (world) =>
        world
          .get(editsSlice)
          .edits.values()
          .map((each) => ({ ...each })),
      stored: allEdits,
    },
  ],
};
