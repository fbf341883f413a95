import { sql } from 'kysely';
import { contentHash, genesis, sealHash } from '../src/journal/chain.ts';
import { entryPages } from '../src/journal/journal.store.ts';
import type { Tx } from '../src/platform/database.ts';
import { has, OWN, type Tamper, type Tampered, type TamperPlace } from './tampering.ts';

/** A sealed entry drawn at random, for which `where` holds. */
async function sealedEntry(
  { tx, random }: TamperPlace,
  where = 'true',
): Promise<{ id: number; seal: number }> {
  const from = Math.floor(random() * 1e9);
  const found = await sql<{ id: number; seal: number; count: number }>`
    with fit as (
      select j.id, s.number as seal, row_number() over (order by j.id) - 1 as place, count(*) over () as count
        from journal j join journal_seals s on s.organization_id = j.organization_id and s.entry_id = j.id
       where j.organization_id = pauta_organization() and ${sql.raw(where)})
    select id, seal from fit where place = ${from} % count`.execute(tx);
  const row = found.rows[0];
  if (row === undefined) throw new Error(`no entry where ${where}`);
  return row;
}

/** Changes one column of one entry by an expression over it. */
function column(name: string, expression: string, where = 'true'): [string, Tamper] {
  return [
    `journal.${name} = ${expression}`,
    async (place) => {
      const { id } = await sealedEntry(place, `(${where}) and (${expression}) is distinct from j.${name}`);
      await sql`update journal j set ${sql.raw(name)} = ${sql.raw(expression)} where ${OWN} and id = ${id}`.execute(
        place.tx,
      );
      return { what: `entry ${id}`, isNamed: has({ finding: 'entry-changed', entry: id }) };
    },
  ];
}

const entryColumns: [string, Tamper][] = [
  column('at', "j.at + interval '1 minute'"),
  column('at', "j.at - interval '1 millisecond'"),
  column('at', "j.at + interval '1 microsecond'"),
  column('entry', "j.entry || '.x'"),
  column('kind', "case j.kind when 'fact' then 'decision' else 'fact' end", 'cardinality(j.because) > 0'),
  column('actor', "'somebody-else'"),
  column('because', "j.because || 'lead-assignment@2023-03-01#P1'::text"),
  column('because', 'j.because[2:]', 'cardinality(j.because) > 1'),
  column('lead', "'L1'"),
  column('lead', 'null', 'j.lead is not null'),
  column('contact', "'another'"),
  column('person', "'advisor2'"),
  column('caused_by', 'null', 'j.caused_by is not null'),
  column('caused_by', 'j.id - 1', 'j.id > 2'),
  column('fields', `j.fields || '{"added": true}'`),
  column('fields', `j.fields - 'lead'`, "j.fields ? 'lead'"),
  column('fields', `jsonb_set(j.fields, '{to}', '"advisor1"')`, "j.fields ? 'to'"),
  column('fields', `jsonb_set(j.fields, '{dueAt}', '"2024-07-03T15:00:00.000Z"')`, "j.fields ? 'dueAt'"),
  column('fields', `jsonb_set(j.fields, '{number}', '1.00000000000000000001')`, "j.fields ? 'number'"),
  column('commitment', 'md5(j.commitment)', 'j.commitment is not null'),
  column('commitment', 'null', 'j.commitment is not null'),
];

const removals: [string, Tamper][] = [
  [
    'an entry removed',
    async (place) => {
      const { id } = await sealedEntry(place);
      await sql`delete from journal where ${OWN} and id = ${id}`.execute(place.tx);
      return { what: `entry ${id}`, isNamed: has({ finding: 'entry-removed', entry: id }) };
    },
  ],
  [
    'a seal removed',
    async (place) => {
      const { id, seal } = await sealedEntry(place);
      await sql`delete from journal_seals where ${OWN} and number = ${seal}`.execute(place.tx);
      return { what: `seal ${seal}`, isNamed: has({ finding: 'seal-removed', seal, entry: id }) };
    },
  ],
  [
    'an entry and its seal removed',
    async (place) => {
      const last = await lastNumber(place.tx);
      const { id, seal } = await sealedEntry(place);
      await removeBoth(place.tx, seal, seal);
      const finding = seal === last ? 'tail-removed' : 'seals-removed';
      return { what: `entry ${id}`, isNamed: has({ finding, from: seal, to: seal }) };
    },
  ],
  [
    'an entry and its seal removed, the rest numbered anew',
    async (place) => {
      const { seal } = await sealedEntry(place, 's.number < (select max(number) - 20 from journal_seals)');
      await removeBoth(place.tx, seal, seal);
      await renumber(place.tx, seal);
      return { what: `seal ${seal}`, isNamed: has({ finding: 'chain-broken', from: seal }) };
    },
  ],
  [
    'the tail removed with its seals',
    async (place) => {
      const last = await lastNumber(place.tx);
      const from = last - Math.floor(place.random() * 40);
      await removeBoth(place.tx, from, last);
      return { what: `from ${from}`, isNamed: has({ finding: 'tail-removed', from, to: last }) };
    },
  ],
  [
    'everything removed',
    async ({ tx }) => {
      const to = await lastNumber(tx);
      await removeBoth(tx, 1, to);
      return { what: `to ${to}`, isNamed: has({ finding: 'tail-removed', from: 1, to }) };
    },
  ],
  [
    'an entry that waits for its seal removed',
    async ({ tx }) => {
      const found = await sql<{
        id: number;
      }>`select max(entry_id) as id from journal_unsealed where ${OWN}`.execute(tx);
      const id = found.rows[0]?.id ?? 0;
      await sql`delete from journal where ${OWN} and id = ${id}`.execute(tx);
      return { what: `entry ${id}`, isNamed: has({ finding: 'entry-removed', entry: id, seal: null }) };
    },
  ],
];

async function lastNumber(tx: Tx): Promise<number> {
  const found = await sql<{
    last: number;
  }>`select max(number) as last from journal_seals where ${OWN}`.execute(tx);
  return found.rows[0]?.last ?? 0;
}

async function removeBoth(tx: Tx, from: number, to: number): Promise<void> {
  await sql`
    with gone as (delete from journal_seals where ${OWN} and number between ${from} and ${to} returning entry_id)
    delete from journal j using gone where j.organization_id = pauta_organization() and j.id = gone.entry_id`.execute(
    tx,
  );
}

/** In two steps, because two seals may not have one number even for a moment. */
async function renumber(tx: Tx, from: number): Promise<void> {
  await sql`update journal_seals set number = -number where ${OWN} and number > ${from}`.execute(tx);
  await sql`update journal_seals set number = -number - 1 where ${OWN} and number < 0`.execute(tx);
}

const COPIED = sql.raw(
  'at, entry, kind, actor, because, lead, contact, person, caused_by, fields, null::text',
);

async function insertCopy({ tx, organization }: TamperPlace, of: number, id: number): Promise<void> {
  await sql`
    insert into journal (organization_id, id, at, entry, kind, actor, because, lead, contact, person, caused_by, fields, commitment)
    select ${organization}, ${id}, ${COPIED} from journal where ${OWN} and id = ${of}`.execute(tx);
}

const insertions: [string, Tamper][] = [
  ...[-5, 0, 1_000_000_000].map((id): [string, Tamper] => [
    `an entry inserted as ${id}`,
    async (place) => {
      const { id: of } = await sealedEntry(place);
      await insertCopy(place, of, id);
      return { what: `copy of ${of}`, isNamed: has({ finding: 'entry-inserted', entry: id }) };
    },
  ]),
  [
    'an entry inserted in the past and left for the sealer',
    async (place) => {
      const { id: of } = await sealedEntry(place);
      await insertCopy(place, of, 0);
      await sql`insert into journal_unsealed (organization_id, entry_id) values (${place.organization}, 0)`.execute(
        place.tx,
      );
      return { what: `copy of ${of}`, isNamed: has({ finding: 'entry-inserted', entry: 0 }) };
    },
  ],
  [
    'an entry given another id',
    async (place) => {
      const { id } = await sealedEntry(place);
      await sql`update journal set id = 0 where ${OWN} and id = ${id}`.execute(place.tx);
      return { what: `entry ${id}`, isNamed: has({ finding: 'entry-removed', entry: id }) };
    },
  ],
];

async function two(
  place: TamperPlace,
): Promise<[{ id: number; seal: number }, { id: number; seal: number }]> {
  const one = await sealedEntry(place);
  const near = place.random() < 0.5 ? `abs(j.id - ${one.id}) between 1 and 2` : `j.id <> ${one.id}`;
  const other = await sealedEntry(place, near);
  return one.id < other.id ? [one, other] : [other, one];
}

/** Exchanges a column between two rows found by `key`; by way of a value neither has, because keys are unique. */
async function exchange(
  tx: Tx,
  table: string,
  key: string,
  name: string,
  a: number,
  b: number,
): Promise<void> {
  const [t, k, c] = [sql.raw(table), sql.raw(key), sql.raw(name)];
  if (name === 'entry_id' || name === key) {
    const read = await sql<{ one: number; other: number }>`
      select (select ${c} from ${t} where ${OWN} and ${k} = ${a}) as one, (select ${c} from ${t} where ${OWN} and ${k} = ${b}) as other`.execute(
      tx,
    );
    const { one, other } = read.rows[0] ?? { one: 0, other: 0 };
    await sql`update ${t} set ${c} = -1 where ${OWN} and ${c} = ${one}`.execute(tx);
    await sql`update ${t} set ${c} = ${one} where ${OWN} and ${c} = ${other}`.execute(tx);
    await sql`update ${t} set ${c} = ${other} where ${OWN} and ${c} = -1`.execute(tx);
    return;
  }
  await sql`
    update ${t} x set ${c} = y.${c} from ${t} y
     where x.${OWN} and y.organization_id = x.organization_id
       and ((x.${k} = ${a} and y.${k} = ${b}) or (x.${k} = ${b} and y.${k} = ${a}))`.execute(tx);
}

const exchanges: [string, Tamper][] = [
  [
    'the bodies of two entries swapped',
    async (place) => {
      const [one, other] = await two(place);
      await exchange(place.tx, 'journal', 'id', 'id', one.id, other.id);
      return {
        what: `${one.id} and ${other.id}`,
        isNamed: has({ finding: 'entries-swapped', entry: one.id, with: other.id }),
      };
    },
  ],
  [
    'the entries of two seals swapped',
    async (place) => {
      const [one, other] = await two(place);
      await exchange(place.tx, 'journal_seals', 'number', 'entry_id', one.seal, other.seal);
      return {
        what: `${one.seal} and ${other.seal}`,
        isNamed: has({ finding: 'seal-misplaced', seal: other.seal, place: one.seal }),
      };
    },
  ],
  [
    'the hashes of two seals swapped',
    async (place) => {
      const [one, other] = await two(place);
      await exchange(place.tx, 'journal_seals', 'number', 'hash', one.seal, other.seal);
      return {
        what: `${one.seal} and ${other.seal}`,
        isNamed: has({ finding: 'seal-changed', seal: one.seal }),
      };
    },
  ],
];

const seals: [string, Tamper][] = [
  [
    'a seal changed',
    async (place) => {
      const { seal } = await sealedEntry(place);
      await sql`update journal_seals set hash = md5(hash) where ${OWN} and number = ${seal}`.execute(
        place.tx,
      );
      return { what: `seal ${seal}`, isNamed: has({ finding: 'seal-changed', seal }) };
    },
  ],
  [
    'an entry changed and the chain made anew from there',
    async (place) => {
      const { id, seal } = await sealedEntry(place);
      await sql`update journal set actor = 'somebody-else' where ${OWN} and id = ${id}`.execute(place.tx);
      await makeAnew(place);
      const isNamed: Tampered['isNamed'] = ({ journal }) =>
        journal.findings.some((f) => f.finding === 'chain-rewritten' && f.after < seal && f.seal >= seal);
      return { what: `entry ${id}`, isNamed };
    },
  ],
];

/** As a forger with the program's source would: every seal computed again over what now stands there. */
async function makeAnew({ tx, organization }: TamperPlace): Promise<void> {
  let previous = genesis(organization);
  let number = 0;
  const forged: { number: number; hash: string }[] = [];
  const last = await lastNumber(tx);
  for await (const page of entryPages(tx)) {
    for (const entry of page) {
      number += 1;
      previous = sealHash(previous, number, contentHash(entry));
      if (number <= last) forged.push({ number, hash: previous });
    }
  }
  await sql`
    update journal_seals s set hash = f.hash
      from jsonb_to_recordset(${JSON.stringify(forged)}::jsonb) as f(number bigint, hash text)
     where s.organization_id = pauta_organization() and s.number = f.number`.execute(tx);
}

const WITH_PERSONAL =
  'exists (select from journal_personal p where p.organization_id = j.organization_id and p.entry_id = j.id)';

function personal(
  what: string,
  statement: (id: number, organization: string) => ReturnType<typeof sql>,
  finding: string,
  where = WITH_PERSONAL,
): [string, Tamper] {
  return [
    what,
    async (place) => {
      const { id } = await sealedEntry(place, where);
      await statement(id, place.organization).execute(place.tx);
      return { what: `entry ${id}`, isNamed: has({ finding, entry: id }) };
    },
  ];
}

const personals: [string, Tamper][] = [
  personal(
    'personal data changed',
    (id) =>
      sql`update journal_personal set fields = fields || '{"name": "Otra"}' where ${OWN} and entry_id = ${id}`,
    'personal-changed',
  ),
  personal(
    'salt changed',
    (id) => sql`update journal_personal set salt = 'x' where ${OWN} and entry_id = ${id}`,
    'personal-changed',
  ),
  personal(
    "personal data made another's",
    (id) => sql`update journal_personal set contact = 'another' where ${OWN} and entry_id = ${id}`,
    'personal-changed',
  ),
  personal(
    'personal data removed',
    (id) => sql`delete from journal_personal where ${OWN} and entry_id = ${id}`,
    'personal-removed',
  ),
  personal(
    'personal data added',
    (id, organization) =>
      sql`insert into journal_personal (organization_id, entry_id, salt, fields) values (${organization}, ${id}, 'x', '{}')`,
    'personal-added',
    'j.commitment is null',
  ),
];

/** What changes the journal; the derived tables' own stand in tampers-tables.ts. */
export const journalTampers: readonly (readonly [string, Tamper])[] = [
  ...entryColumns,
  ...removals,
  ...insertions,
  ...exchanges,
  ...seals,
  ...personals,
];
