import { on, type Feature, type ProcedureAdopted } from '../decisions/index.ts';
import { loadProposals, readProposals, saveProposals } from './proposals.store.ts';
import { evolveProposals, proposalsSlice } from './proposals.ts';
import {
  adopted,
  mayAdopt,
  propose,
  reject,
  withdraw,
  type ProcedureProposed,
  type ProcedureRejected,
  type ProcedureWithdrawn,
} from './publishing.ts';

const ABOUT_VERSIONS: ReadonlySet<string> = new Set([
  'procedure.proposed',
  'procedure.adopted',
  'procedure.rejected',
  'procedure.withdrawn',
]);

/** Versions of procedures: proposed by one, published by another. */
export const publishingFeature: Feature = {
  name: 'publishing',
  load: async (tx, facts, _due, { world }) => {
    if (facts.some(({ fact }) => ABOUT_VERSIONS.has(fact))) await loadProposals(tx, world);
  },
  facts: new Map([
    on<ProcedureProposed>('procedure.proposed', propose),
    on<ProcedureRejected>('procedure.rejected', reject),
    on<ProcedureWithdrawn>('procedure.withdrawn', withdraw),
  ]),
  before: new Map([on<ProcedureAdopted>('procedure.adopted', mayAdopt)]),
  after: new Map([on<ProcedureAdopted>('procedure.adopted', adopted)]),
  deadlines: new Map(),
  evolve: evolveProposals,
  save: saveProposals,
  changedSubjects: () => [],
  deadlinesOf: () => null,
  tables: [
    {
      table: 'procedure_proposals',
      key: ['id'],
      derived: (world) =>
        world
          .get(proposalsSlice)
          .proposals.values()
          .map((row) => ({ ...row })),
      stored: async (tx) => (await readProposals(tx)).map((row) => ({ ...row })),
    },
  ],
};
