import { on, type Fact, type Feature } from '../decisions/index.ts';
import { arrivalsSlice, evolveArrivals, settle, type Delivered } from './arrivals-slice.ts';
import { loadSettledReceipts, saveArrivals } from './receipts.store.ts';
import {
  changeSource,
  confirmMapping,
  evolveSources,
  mapExtension,
  sourcesSlice,
  type ExtensionMapped,
  type MappingConfirmed,
  type SourceChanged,
} from './sources-slice.ts';
import { allExtensions, allSources, loadSources, saveSources } from './sources.store.ts';

const OWN_FACTS: ReadonlySet<string> = new Set(['source.changed', 'mapping.confirmed', 'extension.mapped']);
const ARRIVALS = ['lead.received', 'lead.registered', 'lead.imported', 'call.reported'] as const;

/** Sources and their settings; and each receipt or row of a file used up in the transaction of what was decided of it. */
export const sourcesFeature: Feature = {
  name: 'sources',
  load: async (tx, facts, _due, { world, now }) => {
    world.get(arrivalsSlice).now = now;
    const receipts = (facts as readonly (Fact & Delivered)[]).flatMap((f) =>
      f.receipt == null || f.row !== undefined ? [] : [f.receipt],
    );
    await loadSettledReceipts(tx, world, receipts);
    if (facts.some(({ fact }) => OWN_FACTS.has(fact))) await loadSources(tx, world);
  },
  facts: new Map([
    on<SourceChanged>('source.changed', changeSource),
    on<MappingConfirmed>('mapping.confirmed', confirmMapping),
    on<ExtensionMapped>('extension.mapped', mapExtension),
  ]),
  after: new Map(ARRIVALS.map((name) => on<Delivered>(name, settle))),
  deadlines: new Map(),
  evolve: (world, entry) => {
    evolveSources(world, entry);
    evolveArrivals(world, entry);
  },
  save: async (tx, organization, world) => {
    const { now } = world.get(arrivalsSlice);
    await Promise.all([
      now === null ? null : saveSources(tx, organization, world, now),
      saveArrivals(tx, organization, world),
    ]);
  },
  // Where leads come in is no matter of rules; secrets and addresses are not in the journal.
  recall: new Map([
    ['source.changed', null],
    ['extension.mapped', null],
  ]),
  changedSubjects: () => [],
  deadlinesOf: () => null,
  tables: [
    {
      table: 'sources',
      key: ['key'],
      derived: (world) =>
        world
          .get(sourcesSlice)
          .sources.values()
          .map((source) => ({ ...source })),
      stored: async (tx) => (await allSources(tx)).map((source) => ({ ...source })),
    },
    {
      table: 'extension_map',
      key: ['id'],
      derived: (world) =>
        world
          .get(sourcesSlice)
          .extensions.values()
          .map((row) => ({ ...row })),
      stored: async (tx) => (await allExtensions(tx)).map((row) => ({ ...row })),
    },
  ],
};
