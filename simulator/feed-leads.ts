import type { HomeCountry } from '../src/contacts/index.ts';
import type { FeedRow } from './feed-file.ts';
import type { LeadBody } from './lead-bodies.ts';
import { byAnotherRoute, prospect, written, type Prospect } from './people.ts';
import { chance, pick, pickWeighted, seeded, type Random } from './random.ts';

/** Why a body is as it is; the product is not told. */
export type SentAs = 'new' | 'other-route' | 'unreachable' | 'unreadable-phone' | 'test' | 'repeat';

export interface FeedRequest {
  readonly sentAs: SentAs;
  readonly body: LeadBody;
}

const SHARES: readonly (readonly [SentAs, number])[] = [
  ['new', 94],
  ['other-route', 4],
  ['unreachable', 1],
  ['unreadable-phone', 0.5],
  ['test', 0.5],
];
/** Sources that send the same lead again, with the same id of theirs. */
const REPEATED = 0.04;
/** How far back a repeat or another route reaches. */
const REMEMBERED_MAX = 500;

/** Every row once, with a name and ways to be reached from the seed; some again, some of one person by another route. */
export function feedRequests(
  rows: readonly FeedRow[],
  seed: number,
  source: string,
  country: HomeCountry,
): FeedRequest[] {
  const random = seeded(seed);
  const requests: FeedRequest[] = [];
  const people: Prospect[] = [];
  const sent: LeadBody[] = [];
  for (const row of rows) {
    const drawn = pickWeighted(random, SHARES);
    const earlier = drawn === 'other-route' && people.length > 0 ? pick(random, people) : null;
    const sentAs = drawn === 'other-route' && earlier === null ? 'new' : drawn;
    const person = earlier === null ? prospect(random, country) : byAnotherRoute(random, earlier, country);
    const body = bodyOf(random, { row, sentAs, person, source, country });
    requests.push({ sentAs, body });
    if (sentAs === 'new') remember(people, person);
    if (sentAs !== 'unreachable') remember(sent, body);
    if (sent.length > 0 && chance(random, REPEATED))
      requests.push({ sentAs: 'repeat', body: pick(random, sent) });
  }
  return requests;
}

function remember<T>(list: T[], one: T): void {
  list.push(one);
  if (list.length > REMEMBERED_MAX) list.shift();
}

function bodyOf(
  random: Random,
  about: { row: FeedRow; sentAs: SentAs; person: Prospect; source: string; country: HomeCountry },
): LeadBody {
  const { row, sentAs, person, source, country } = about;
  const told = written(random, person, country);
  const email = sentAs === 'other-route' ? person.email : told.email;
  return {
    source,
    sourceId: row.ProspectID,
    name: told.name,
    ...waysOf(sentAs, told.phone, email),
    campaign: { medium: row.LeadSource, campaignName: row.LeadOrigin },
    ...(sentAs === 'test' ? { test: true } : {}),
    fields: {
      leadOrigin: row.LeadOrigin,
      leadSource: row.LeadSource,
      totalVisits: row.TotalVisits,
      totalTime: row.TotalTime,
      pageViews: row.PageViews,
      specialization: row.Specialization,
      occupation: row.Occupation,
    },
  };
}

function waysOf(sentAs: SentAs, phone: string, email: string | null): { phone?: string; email?: string } {
  if (sentAs === 'unreachable') return {};
  if (sentAs === 'unreadable-phone') return { phone: '12345' };
  return { phone, ...(email === null ? {} : { email }) };
}
