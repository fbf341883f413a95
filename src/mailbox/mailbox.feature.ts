import { on, type Fact, type Feature, type World } from '../decisions/index.ts';
import { erasedNow } from '../contacts/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import { draftsSlice, evolveDrafts } from './draft.ts';
import {
  correctDraft,
  receiveMail,
  refuseDraft,
  settleDraft,
  type DraftCorrected,
  type DraftRefused,
  type DraftSettled,
  type MailReceived,
} from './draft-acts.ts';
import { allDrafts, eraseDrafts, loadDrafts } from './drafts.store.ts';

/** The designated mailbox: mails of the staff become drafts of claims, and drafts that are complete become claims. */
export const mailboxFeature: Feature = {
  name: 'mailbox',
  loads: 'in-turn',
  load: (tx: Tx, facts: readonly Fact[], _due, { world }: { readonly world: World }) =>
    loadDrafts(
      tx,
      world,
      (facts as readonly (Fact & { readonly draft?: string | null })[]).flatMap(({ draft }) => draft ?? []),
    ),
  facts: new Map([
    on<MailReceived>('mail.received', receiveMail),
    on<DraftCorrected>('draft.corrected', correctDraft),
    on<DraftRefused>('draft.refused', refuseDraft),
    on<DraftSettled>('draft.settled', settleDraft),
  ]),
  deadlines: new Map(),
  evolve: evolveDrafts,
  save: async (tx, organization, world) => {
    const changed = world.get(draftsSlice).drafts.changed();
    await saveRows(
      tx,
      organization,
      'claim_drafts',
      ['id'],
      changed.map(([, draft]) => ({ ...draft })),
    );
    await eraseDrafts(
      tx,
      organization,
      erasedNow(world).flatMap(({ leads }) => leads),
    );
  },
  // What a mail says of the client stands in no journal: what was read out of it is taken as recorded.
  recall: new Map([
    ['mail.received', null],
    ['draft.corrected', null],
    ['draft.refused', null],
    ['draft.settled', null],
  ]),
  changedSubjects: () => [],
  deadlinesOf: () => null,
  tables: [
    {
      table: 'claim_drafts',
      key: ['id'],
      derived: (world) =>
        world
          .get(draftsSlice)
          .drafts.values()
          .map((draft) => ({ ...draft })),
      stored: async (tx) => (await allDrafts(tx)).map((draft) => ({ ...draft })),
    },
  ],
};
