import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../platform/time.ts';
import { commitment, contentHash, genesis, sealHash } from './chain.ts';
import { verifyChain, type StoredEntry, type StoredSeal } from './verify.ts';

const ORGANIZATION = 'org';
const LENGTH = 40;
/** Entries at the end that wait for their seal. */
const TAIL = 3;
const TAMPERS = 1_000;

interface Chain {
  entries: StoredEntry[];
  seals: StoredSeal[];
  unsealed: Set<number>;
  heads: Map<number, string[]>;
}

function entry(id: number): StoredEntry {
  const personal = id % 2 === 0 ? { text: `nota ${id}` } : null;
  const salt = personal === null ? null : `salt ${id}`;
  return {
    id,
    at: instant(Date.UTC(2024, 6, 1, 15, id)),
    entry: 'note',
    kind: 'fact',
    actor: 'ana',
    because: ['a@2024-01-01#P1'],
    lead: `L${id % 5}`,
    contact: `c${id % 5}`,
    person: null,
    causedBy: id > 1 ? id - 1 : null,
    fields: { share: id / 10, nested: { of: [id] } },
    commitment: personal === null || salt === null ? null : commitment(salt, personal),
    salt,
    personal,
    personalContact: personal === null ? null : `c${id % 5}`,
    inexact: false,
  };
}

function chain(): Chain {
  // Ids have gaps: other organizations take numbers from the same sequence.
  const entries = Array.from({ length: LENGTH }, (_, index) => entry(index * 3 + 1));
  const seals: StoredSeal[] = [];
  let hash = genesis(ORGANIZATION);
  for (const [index, each] of entries.slice(0, LENGTH - TAIL).entries()) {
    hash = sealHash(hash, index + 1, contentHash(each));
    seals.push({ number: index + 1, entryId: each.id, hash });
  }
  const published = seals.filter(({ number }) => number % 10 === 0 || number === seals.length);
  return {
    entries,
    seals,
    unsealed: new Set(entries.slice(LENGTH - TAIL).map(({ id }) => id)),
    heads: new Map(published.map(({ number, hash: own }) => [number, [own]])),
  };
}

/** As the database gives them: entries by id, seals by the entry they seal, in pages. */
function verify({ entries, seals, unsealed, heads }: Chain, page = 7) {
  async function* pages<T>(all: readonly T[]): AsyncGenerator<T[]> {
    for (let from = 0; from < all.length; from += page)
      yield await Promise.resolve(all.slice(from, from + page));
  }
  return verifyChain({
    organization: ORGANIZATION,
    entries: pages(entries.toSorted((a, b) => a.id - b.id)),
    seals: pages(seals.toSorted((a, b) => a.entryId - b.entryId)),
    unsealed,
    heads,
  });
}

describe('the walk along an honest chain', () => {
  it.each([1, 2, 7, 1_000])('finds nothing, in pages of %i', async (page) => {
    const report = await verify(chain(), page);
    expect(report.findings).toEqual([]);
    expect(report.head?.number).toBe(LENGTH - TAIL);
    expect(report.publishedTo).toBe(LENGTH - TAIL);
  });

  it('finds nothing in an empty one', async () => {
    const report = await verify({ entries: [], seals: [], unsealed: new Set(), heads: new Map() });
    expect(report).toMatchObject({ findings: [], head: null, entries: 0 });
  });

  it("is not another organization's", async () => {
    const own = chain();
    const other = await verifyChain({
      organization: 'other',
      entries: (async function* () {
        yield await Promise.resolve(own.entries);
      })(),
      seals: (async function* () {
        yield await Promise.resolve(own.seals);
      })(),
      unsealed: own.unsealed,
      heads: new Map(),
    });
    expect(other.findings).toContainEqual({ finding: 'entry-changed', entry: 1, seal: 1 });
  });
});

type Act = (own: Chain, place: number, other: number) => void;

function change(changes: (before: StoredEntry) => Partial<StoredEntry>): Act {
  return (own, place) => {
    const before = own.entries[place];
    if (before !== undefined) own.entries[place] = { ...before, ...changes(before) };
  };
}

/** Each changes the chain at a place; `other` is a different place. All places are of sealed entries. */
const acts: readonly (readonly [string, Act])[] = [
  ['at', change((e) => ({ at: instant(Date.parse(e.at) + 1) }))],
  ['entry', change(() => ({ entry: 'noted' }))],
  ['kind', change(() => ({ kind: 'decision' }))],
  ['actor', change(() => ({ actor: 'beto' }))],
  ['because', change(() => ({ because: [] }))],
  ['lead', change(() => ({ lead: null }))],
  ['contact', change(() => ({ contact: 'c9' }))],
  ['person', change(() => ({ person: 'ana' }))],
  ['caused_by', change((e) => ({ causedBy: e.id }))],
  ['fields', change((e) => ({ fields: { ...e.fields, share: -1 } }))],
  ['a field more', change((e) => ({ fields: { ...e.fields, more: null } }))],
  ['commitment', change(() => ({ commitment: 'x' }))],
  ['digits past what is hashed', change(() => ({ inexact: true }))],
  ['id', change((e) => ({ id: e.id + 1 }))],
  ['an entry removed', (own, place) => void own.entries.splice(place, 1)],
  ['a seal removed', (own, place) => void own.seals.splice(place, 1)],
  [
    'both removed',
    (own, place) => {
      own.entries.splice(place, 1);
      own.seals.splice(place, 1);
    },
  ],
  [
    'both removed, the rest numbered anew',
    (own, place) => {
      own.entries.splice(place, 1);
      own.seals.splice(place, 1);
      own.seals = own.seals.map((seal, index) => ({ ...seal, number: index + 1 }));
    },
  ],
  ['an entry inserted', (own, place) => void own.entries.push(entry(place * 3))],
  [
    'an entry inserted and left for the sealer',
    (own, place) => {
      own.entries.push(entry(place * 3));
      own.unsealed.add(place * 3);
    },
  ],
  [
    'two bodies swapped',
    (own, place, other) => {
      const [one, two] = [own.entries[place], own.entries[other]];
      if (one === undefined || two === undefined) return;
      own.entries[place] = { ...two, id: one.id };
      own.entries[other] = { ...one, id: two.id };
    },
  ],
  ['two seals swapped', (own, place, other) => swapSeals(own, place, other, 'entryId')],
  ['two hashes swapped', (own, place, other) => swapSeals(own, place, other, 'hash')],
  ['two numbers swapped', (own, place, other) => swapSeals(own, place, other, 'number')],
  [
    'a hash changed',
    (own, place) => {
      const seal = own.seals[place];
      if (seal !== undefined) own.seals[place] = { ...seal, hash: `0${seal.hash.slice(1)}x` };
    },
  ],
  [
    'the end removed',
    (own, place) => {
      own.entries.splice(place, LENGTH);
      own.seals.splice(place, LENGTH);
      own.unsealed.clear();
    },
  ],
  [
    'made anew from there',
    (own, place) => {
      change(() => ({ actor: 'beto' }))(own, place, place);
      let hash = genesis(ORGANIZATION);
      own.seals = own.seals.map((seal, index) => {
        hash = sealHash(hash, seal.number, contentHash(own.entries[index] ?? entry(0)));
        return { ...seal, hash };
      });
    },
  ],
];

function swapSeals(own: Chain, place: number, other: number, what: 'entryId' | 'hash' | 'number'): void {
  const [one, two] = [own.seals[place], own.seals[other]];
  if (one === undefined || two === undefined) return;
  own.seals[place] = { ...one, [what]: two[what] };
  own.seals[other] = { ...two, [what]: one[what] };
}

describe('whatever is done to a chain', () => {
  it(`is found: ${TAMPERS} of ${TAMPERS}`, async () => {
    const sealed = fc.integer({ min: 0, max: LENGTH - TAIL - 1 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...acts), sealed, sealed, async ([, act], place, drawn) => {
        const other = drawn === place ? (place + 1) % (LENGTH - TAIL) : drawn;
        const own = chain();
        act(own, place, other);
        expect((await verify(own)).findings.length).toBeGreaterThan(0);
      }),
      { numRuns: TAMPERS },
    );
  });

  it('is found also when several things are done at once', async () => {
    const sealed = fc.integer({ min: 0, max: LENGTH - TAIL - 5 });
    const several = fc.array(fc.tuple(fc.constantFrom(...acts.slice(0, 14)), sealed), {
      minLength: 2,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(several, async (done) => {
        const own = chain();
        // Each entry once, so that nothing is done and undone.
        const places = new Set<number>();
        for (const [[, act], place] of done) {
          if (places.has(place)) continue;
          places.add(place);
          act(own, place, place);
        }
        expect((await verify(own)).findings.length).toBeGreaterThanOrEqual(places.size);
      }),
    );
  });
});

const held = (own: Chain): StoredEntry => own.entries.find((each) => each.personal !== null) ?? entry(0);
const replace = (own: Chain, id: number, changes: Partial<StoredEntry>): void => {
  own.entries = own.entries.map((each) => (each.id === id ? { ...each, ...changes } : each));
};

/** As if it had been written so. */
const rewritten = (own: Chain, id: number, changes: Partial<StoredEntry>): void => {
  replace(own, id, changes);
  let hash = genesis(ORGANIZATION);
  own.seals = own.seals.map((seal, index) => {
    hash = sealHash(hash, seal.number, contentHash(own.entries[index] ?? entry(0)));
    return { ...seal, hash };
  });
  own.heads = new Map();
};

describe('personal data beside the chain', () => {
  const without = { salt: null, personal: null, personalContact: null };
  /** Names the leads of all that is theirs unless given. */
  const erase = (own: Chain, contact: string | null, named?: readonly string[]): void => {
    const id = LENGTH * 3 + 1;
    const theirs = own.entries.filter((each) => each.contact === contact);
    const leads = named ?? [...new Set(theirs.flatMap(({ lead }) => lead ?? []))];
    const because = { commitment: null, entry: 'contact.erased', contact, lead: null, fields: { leads } };
    own.entries.push({ ...entry(id), ...without, ...because });
    own.unsealed.add(id);
  };

  it('gone with the person is right', async () => {
    const own = chain();
    const { contact = null } = held(own);
    own.entries = own.entries.map((each) => (each.contact === contact ? { ...each, ...without } : each));
    erase(own, contact);
    expect((await verify(own)).findings).toEqual([]);
  });

  it.each<[string, Partial<StoredEntry>, readonly string[]]>([
    ['of a lead from before it was known whose it is', { contact: null, lead: 'new' }, ['new']],
    ['of a lead that was under another contact then', { contact: 'c8', lead: 'new' }, ['new']],
    ['of the person and of no lead', { contact: 'c9', lead: null }, []],
  ])('%s goes with the person', async (_what, of, leads) => {
    const own = chain();
    const { id } = held(own);
    rewritten(own, id, { ...of, personalContact: of.contact ?? null });
    erase(own, 'c9', leads);
    expect((await verify(own)).findings).toEqual([{ finding: 'personal-left', entry: id, contact: 'c9' }]);
    replace(own, id, without);
    expect((await verify(own)).findings).toEqual([]);
  });

  it('of a lead that is another person’s again stays, and must stay', async () => {
    const own = chain();
    const { id } = held(own);
    rewritten(own, id, { contact: 'c9', lead: 'gone-back', personalContact: 'c9' });
    erase(own, 'c9', ['another']);
    expect((await verify(own)).findings).toEqual([]);
    replace(own, id, without);
    expect((await verify(own)).findings).toEqual([{ finding: 'personal-removed', entry: id }]);
  });

  it.each<[string, (own: Chain, of: StoredEntry) => void, string]>([
    ['gone and nobody erased', (own, { id }) => replace(own, id, without), 'personal-removed'],
    ['changed', (own, { id }) => replace(own, id, { personal: { text: 'otra' } }), 'personal-changed'],
    ['given to another', (own, { id }) => replace(own, id, { personalContact: 'c9' }), 'personal-changed'],
    ['left after an erasure', (own, { contact = null }) => erase(own, contact), 'personal-left'],
    ['added', (own) => replace(own, 7, { salt: 'x', personal: {}, personalContact: 'c2' }), 'personal-added'],
  ])('%s is named', async (_what, act, finding) => {
    const own = chain();
    act(own, held(own));
    const { findings } = await verify(own);
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map((found) => found.finding))).toEqual(new Set([finding]));
  });
});
