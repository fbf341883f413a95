import { sql } from 'kysely';

import { houseRule, type Adoption } from '../procedures/index.ts';
import { on, type Deciding, type Fact, type Feature } from './feature.ts';
import {
  asJson,
  evolveOrganization,
  organizationSlice,
  type Organization,
  type OrganizationSettings,
} from './organization.ts';
import { saveOrganization } from './organization.store.ts';

export interface OrganizationOpened extends Fact {
  readonly fact: 'organization.opened';
  readonly name: string;
  readonly country: 'MX' | 'CO';
  readonly zone: string;
  readonly locale: string;
  readonly settings?: Partial<OrganizationSettings>;
}

export interface OrganizationChanged extends Fact {
  readonly fact: 'organization.changed';
  readonly name?: string;
  readonly settings: Partial<OrganizationSettings>;
}

export interface ProcedureAdopted extends Fact {
  readonly fact: 'procedure.adopted';
  readonly adoption: Adoption;
  /** Who publishes it; nobody where it comes with the installation itself. */
  readonly by?: string;
  /** The proposal it was. */
  readonly proposal?: string;
}

function opened({ fact, actor: _actor, ...fields }: OrganizationOpened, deciding: Deciding): void {
  deciding.record({
    entry: fact,
    kind: 'fact',
    because: [],
    fields: { id: deciding.organization.id, ...(asJson(fields) as object) },
  });
}

function changed({ fact, actor: _actor, ...fields }: OrganizationChanged, deciding: Deciding): void {
  deciding.record({ entry: fact, kind: 'fact', because: [], fields: { ...(asJson(fields) as object) } });
}

/** A version in force on a past day would rewrite decisions already taken: the past is only looked at (what-if). */
function adopted({ fact, adoption, by, proposal }: ProcedureAdopted, deciding: Deciding) {
  const existing = deciding.organization.adoptions.some(
    (a) =>
      a.procedure === adoption.procedure &&
      a.effectiveOn === adoption.effectiveOn &&
      a.version === adoption.version,
  );
  if (existing) return { refused: 'version-exists', because: [houseRule('versions')] };
  deciding.record({
    entry: fact,
    kind: 'fact',
    because: [],
    ...(by === undefined ? {} : { person: by }),
    fields: {
      adoption: asJson(adoption),
      ...(by === undefined ? {} : { by }),
      ...(proposal === undefined ? {} : { proposal }),
    },
  });
  return undefined;
}

/** The organization itself: its name, zone, settings, and the procedures it adopted. */
export const organizationFeature: Feature = {
  name: 'organization',
  load: async () => undefined,
  facts: new Map([
    on<OrganizationOpened>('organization.opened', opened),
    on<OrganizationChanged>('organization.changed', changed),
    on<ProcedureAdopted>('procedure.adopted', adopted),
  ]),
  deadlines: new Map(),
  evolve: evolveOrganization,
  save: async (tx, _organization, world) => {
    const state = world.get(organizationSlice);
    if (state.changed && state.current !== null) await saveOrganization(tx, state.current);
  },
  changedSubjects: () => [],
  deadlinesOf: () => null,
  tables: [
    {
      table: 'organizations',
      key: ['id'],
      derived: (world) => {
        const { current } = world.get(organizationSlice);
        return current === null ? [] : [compared(current)];
      },
      stored: async (tx) => {
        const found = await sql<Organization>`
          select id, name, country, zone, locale, settings, adoptions from organizations where id = (select pauta_organization())`.execute(
          tx,
        );
        return found.rows.map(compared);
      },
    },
  ],
};

function compared({ id, name, country, zone, locale, settings, adoptions }: Organization) {
  return { id, name, country, zone, locale, settings, adoptions };
}
