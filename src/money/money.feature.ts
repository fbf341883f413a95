import { localMonth } from '../calendar/index.ts';
import { on, wordsAside, type Fact, type Feature, type Loading, type World } from '../decisions/index.ts';
import { leadsSlice, loadLeadsOf, type SaleClosed } from '../leads/index.ts';
import type { Tx } from '../platform/database.ts';
import { loadFigures } from '../staff/index.ts';
import { evolveLedger, ledgerSlice } from './ledger.ts';
import { allLines, allSales, allSanctions, loadSales, loadSanctions, saveMoney } from './money.store.ts';
import {
  beforeClosing,
  bookClosing,
  cancelSale,
  correctSale,
  creditBySomebody,
  nameSupport,
  type SaleCanceled,
  type SaleCorrected,
  type SaleCredited,
  type SupportNamed,
} from './sale-acts.ts';
import { evolveSales, salesSlice } from './sale.ts';
import {
  answerSanction,
  hearingOver,
  missStruck,
  reportBreach,
  revokeSanction,
  ruleSanction,
  SANCTION_SUBJECT,
  type BreachReported,
  type SanctionAnswered,
  type SanctionRevoked,
  type SanctionRuled,
} from './sanction-acts.ts';
import { evolveSanctions, sanctionsSlice } from './sanction.ts';

type Named = Fact & {
  readonly sale?: string | null;
  readonly sanction?: string;
  readonly lead?: string | null;
};

/** Facts by which a ten-minute miss may be struck out (leads/late-evidence.ts, test-leads.ts); a lead's deadlines may too. */
const STRIKING: ReadonlySet<string> = new Set([
  'call.started',
  'call.ended',
  'call.reported',
  'lead.marked-test',
]);
const LEAD_SUBJECT = 'lead:';

const OURS: ReadonlySet<string> = new Set([
  'sale.closed',
  'sale.corrected',
  'sale.canceled',
  'sale.credited',
  'sale.support-named',
  'breach.reported',
  'sanction.answered',
  'sanction.ruled',
  'sanction.revoked',
]);

/**
 * What money needs to know of these leads and closings: the closings with their lines, the sanctions that bear on them,
 * and the figures of the months in which they count. Other features that credit a closing or open a case load it too.
 */
export async function loadMoney(
  tx: Tx,
  world: World,
  { now, organization }: Pick<Loading, 'now' | 'organization'>,
  wanted: {
    readonly leads?: readonly string[];
    readonly sales?: readonly string[];
    readonly sanctions?: readonly string[];
  },
): Promise<void> {
  const { leads = [], sales: ids = [], sanctions: cases = [] } = wanted;
  const { zone } = organization;
  await loadSanctions(tx, world, { ids: cases, leads });
  const known = world.get(sanctionsSlice).sanctions.values();
  const monthOf = ({ month, openedAt }: (typeof known)[number]): string =>
    month ?? localMonth(openedAt, zone);
  await loadSales(tx, world, {
    sales: [...ids, ...known.flatMap(({ sale }) => sale ?? [])],
    leads: [...leads, ...known.flatMap(({ lead }) => lead ?? [])],
    ofPeople: known
      .filter(({ id, sale }) => cases.includes(id) && sale === null)
      .map((each) => ({ person: each.person, month: monthOf(each) })),
  });
  const sales = world.get(salesSlice).sales.values();
  const months = [
    ...new Set([localMonth(now, zone), ...sales.map(({ closedAt }) => localMonth(closedAt, zone))]),
  ];
  await loadSanctions(tx, world, { months, sales: sales.map(({ id }) => id) });
  await loadFigures(tx, world, months);
}

async function load(...[tx, facts, due, loading]: Parameters<Feature['load']>): Promise<void> {
  const { world } = loading;
  const named = facts as readonly Named[];
  const own = named.filter(({ fact }) => OURS.has(fact));
  const dueCases = due
    .filter(({ subject }) => subject.startsWith(SANCTION_SUBJECT))
    .map(({ subject }) => subject.slice(SANCTION_SUBJECT.length));
  const striking = named.filter(({ fact }) => STRIKING.has(fact));
  const leadsDue = due
    .filter(({ subject }) => subject.startsWith(LEAD_SUBJECT))
    .map(({ subject }) => subject.slice(LEAD_SUBJECT.length));
  if (striking.length + leadsDue.length > 0) {
    // A call is told of by its own id or the number: by now the leads it may be of are loaded.
    const leads = world.get(leadsSlice).leads.ids();
    await loadSanctions(tx, world, { leads: [...leads, ...leadsDue], tenMinutes: true });
  }
  if (named.some(({ fact }) => fact === 'contact.erased')) await loadSanctions(tx, world, { worded: true });
  const open = world.get(sanctionsSlice).sanctions.values();
  if (own.length === 0 && dueCases.length === 0 && open.length === 0) return;
  await loadMoney(tx, world, loading, {
    leads: own.flatMap(({ lead }) => lead ?? []),
    sales: own.flatMap(({ sale }) => sale ?? []),
    sanctions: [...own.flatMap(({ sanction }) => sanction ?? []), ...dueCases, ...open.map(({ id }) => id)],
  });
  await loadReopened(tx, world, own);
}

/** A closing that comes to nothing opens its lead again. */
async function loadReopened(tx: Tx, world: World, named: readonly Named[]): Promise<void> {
  const canceled = named.flatMap(({ fact, sale }) => (fact === 'sale.canceled' ? (sale ?? []) : []));
  const ids = canceled.flatMap((id) => world.get(salesSlice).sales.get(id)?.lead ?? []);
  if (ids.length === 0) return;
  await loadSales(tx, world, { leads: ids });
  await loadLeadsOf(tx, world, { ids });
}

/** What each closing earns and gives, and the cases that take of it. */
export const moneyFeature: Feature = {
  name: 'money',
  loads: 'in-turn',
  load,
  facts: new Map([
    on<SaleCorrected>('sale.corrected', correctSale),
    on<SaleCanceled>('sale.canceled', cancelSale),
    on<SaleCredited>('sale.credited', creditBySomebody),
    on<SupportNamed>('sale.support-named', nameSupport),
    on<BreachReported>('breach.reported', reportBreach),
    on<SanctionAnswered>('sanction.answered', answerSanction),
    on<SanctionRuled>('sanction.ruled', ruleSanction),
    on<SanctionRevoked>('sanction.revoked', revokeSanction),
  ]),
  before: new Map([on<SaleClosed>('sale.closed', beforeClosing)]),
  after: new Map([on<SaleClosed>('sale.closed', bookClosing)]),
  deadlines: new Map([
    ['sanction.hearing', hearingOver],
    ['sanction.struck', missStruck],
  ]),
  // The entry says to whom and from whom; who said so is who told it.
  recall: new Map([
    [
      'sale.credited',
      ({ actor, fields, personal }) => ({
        fact: Object.assign({}, fields, personal, { fact: 'sale.credited', actor, by: actor }),
      }),
    ],
    ['sale.corrected', wordsAside('reasons')],
    ['sale.canceled', wordsAside('reasons')],
    ['breach.reported', wordsAside('text')],
    ['sanction.answered', wordsAside('reasons')],
    ['sanction.ruled', wordsAside('reasons')],
    ['sanction.revoked', wordsAside('reasons')],
  ]),
  evolve: (world, entry) => {
    evolveSales(world, entry);
    evolveLedger(world, entry);
    evolveSanctions(world, entry);
  },
  save: saveMoney,
  changedSubjects: (world) =>
    world
      .get(sanctionsSlice)
      .sanctions.changed()
      .map(([id]) => SANCTION_SUBJECT + id),
  deadlinesOf: (world, subject) => {
    if (!subject.startsWith(SANCTION_SUBJECT)) return null;
    const known = world.get(sanctionsSlice).sanctions.get(subject.slice(SANCTION_SUBJECT.length));
    if (known === undefined) return null;
    if (known.state === 'overturned') return [];
    // At once: what was done for a miss that was none does not stand a moment longer.
    if (known.struckAt !== null) return [{ kind: 'sanction.struck', dueAt: known.struckAt }];
    return known.state === 'opened' ? [{ kind: 'sanction.hearing', dueAt: known.hearingDueAt }] : [];
  },
  tables: [
    {
      table: 'sales',
      key: ['id'],
      derived: (world) =>
        world
          .get(salesSlice)
          .sales.values()
          .map((row) => ({ ...row })),
      stored: async (tx) => (await allSales(tx)).map((row) => ({ ...row })),
    },
    {
      table: 'commission_lines',
      key: ['sale', 'number'],
      derived: (world) =>
        world
          .get(ledgerSlice)
          .lines.values()
          .map((row) => ({ ...row })),
      stored: async (tx) => (await allLines(tx)).map((row) => ({ ...row })),
    },
    {
      table: 'sanctions',
      key: ['id'],
      derived: (world) =>
        world
          .get(sanctionsSlice)
          .sanctions.values()
          .map((row) => ({ ...row })),
      stored: async (tx) => (await allSanctions(tx)).map((row) => ({ ...row })),
    },
  ],
};
