import type { HomeCountry } from '../src/contacts/index.ts';
import { byAnotherRoute, ofTheSameHousehold, prospect, written, type Prospect } from './people.ts';
import { CAMPAIGNS, CONSENT, MESSAGES } from './phrases.ts';
import { chance, pick, pickWeighted, whole, type Random } from './random.ts';
import type { SampleOrganization } from './sample-organization.ts';

/** The body of a lead as a source sends it to POST /api/leads. */
export interface LeadBody {
  readonly source: string;
  readonly sourceId?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly message?: string;
  readonly campaign?: { readonly [field: string]: string };
  readonly consent?: string;
  readonly test?: boolean;
  readonly [field: string]: unknown;
}

/** Who is behind it, against what was known: for counting; the product must find out by itself. */
export type ArrivalKind = 'new' | 'other-route' | 'household' | 'test';

export interface PretendLead {
  readonly kind: ArrivalKind;
  readonly body: LeadBody;
  readonly person: Prospect;
}

const SHARES: readonly (readonly [ArrivalKind, number])[] = [
  ['new', 90],
  ['other-route', 6],
  ['household', 2.5],
  ['test', 1.5],
];

/** Nobody comes back before there are this many others to come back among. */
const MET_MIN = 8;
/** People met so far; the world does not remember more of them than this. */
const REMEMBERED_MAX = 2_000;

/** Leads one after another, all from one seed: new people mostly, some who came before by another route, a few tests. */
export function pretendLeads(random: Random, organization: Pick<SampleOrganization, 'country' | 'sources'>) {
  const met: Prospect[] = [];
  const weights = organization.sources.map(({ key, weight }) => [key, weight] as const);
  let number = 0;
  return {
    next(kindWanted?: ArrivalKind): PretendLead {
      const drawn = kindWanted ?? pickWeighted(random, SHARES);
      const earlier = met.length < (kindWanted === undefined ? MET_MIN : 1) ? null : pick(random, met);
      const kind = earlier === null && drawn !== 'test' ? 'new' : drawn;
      const person = whoComes(random, kind, earlier, organization.country);
      if (kind === 'new' && met.length < REMEMBERED_MAX) met.push(person);
      const source = pickWeighted(random, weights);
      number += 1;
      return {
        kind,
        person,
        body: bodyOf(random, { kind, person, source, number, country: organization.country }),
      };
    },
    /** Somebody met by the program before this process began. */
    remember: (person: Prospect) => void met.push(person),
  };
}

function whoComes(
  random: Random,
  kind: ArrivalKind,
  earlier: Prospect | null,
  country: HomeCountry,
): Prospect {
  if (earlier !== null && kind === 'other-route') return byAnotherRoute(random, earlier, country);
  if (earlier !== null && kind === 'household') return ofTheSameHousehold(random, earlier);
  return prospect(random, country);
}

function bodyOf(
  random: Random,
  about: { kind: ArrivalKind; person: Prospect; source: string; number: number; country: HomeCountry },
): LeadBody {
  const { kind, person, source, number, country } = about;
  const told = written(random, person, country);
  // Dirt must not hide who it is: a person who comes again by another route does write the e-mail.
  const email = kind === 'new' ? told.email : person.email;
  return {
    source,
    sourceId: `${source}-${number}-${whole(random, 100_000, 999_999)}`,
    name: told.name,
    phone: told.phone,
    ...(email === null ? {} : { email }),
    ...(chance(random, 0.45) ? { message: pick(random, MESSAGES) } : {}),
    ...(source === 'facebook' || source === 'google' ? { campaign: { ...pick(random, CAMPAIGNS) } } : {}),
    ...(chance(random, 0.8) ? { consent: CONSENT } : {}),
    ...(kind === 'test' ? { test: true } : {}),
  };
}
