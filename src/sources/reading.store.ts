import { readOrganization, type Organization } from '../decisions/index.ts';
import { readPhone } from '../contacts/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import { listPeople } from '../staff/index.ts';
import type { ExtensionEntry } from '../switchboard/index.ts';
import type { ReadingContext } from './read-body.ts';
import type { ReceiptRoute } from './receipts.store.ts';
import type { Seal } from '../platform/sealing.ts';
import type { Source } from './source.ts';
import { allExtensions, allSources, secretsOf } from './sources.store.ts';

export interface ReadingKeys {
  readonly seal: Seal;
  readonly formSecret: string;
}

const EVER = '0001-01-01T00:00:00.000Z' as Instant;

export async function organizationOf(tx: Tx, id: string): Promise<Organization> {
  const organization = await readOrganization(tx, id);
  if (organization === null) throw new Error(`no organization ${id}`);
  return organization;
}

/** Read once in a transaction, however many bodies share it. */
const settings = new WeakMap<Tx, Promise<[Source[], Organization]>>();

function settingsOf(tx: Tx, organization: string): Promise<[Source[], Organization]> {
  const known = settings.get(tx) ?? Promise.all([allSources(tx), organizationOf(tx, organization)]);
  settings.set(tx, known);
  return known;
}

/** All that reading a body of this source needs; null when there is no such source. */
export async function readingContext(
  tx: Tx,
  keys: ReadingKeys,
  about: {
    readonly organization: string;
    readonly source: string;
    readonly route: ReceiptRoute;
    readonly receivedAt: Instant;
  },
): Promise<ReadingContext | null> {
  const [sources, organization] = await settingsOf(tx, about.organization);
  const source = sources.find(({ key }) => key === about.source);
  if (source === undefined) return null;
  const secrets =
    about.route === 'google' ? await secretsOf(tx, organization.id, source.key, keys.seal) : new Map();
  return {
    source,
    country: organization.country,
    zone: source.zone ?? organization.zone,
    companyLines: companyLinesOf(sources, organization.country),
    extensions: about.route === 'pbx' ? await extensionsOf(tx, source.key) : [],
    now: about.receivedAt,
    formSecret: keys.formSecret,
    googleKeys: secrets.get('key') ?? [],
  };
}

/** The organization's own lines, of whatever source they were entered with. */
export function companyLinesOf(sources: readonly Source[], country: 'MX' | 'CO'): ReadonlySet<string> {
  const written = sources.flatMap(({ settings }) => settings.companyLines ?? []);
  return new Set(
    written.flatMap((raw) => {
      const read = readPhone(raw, country);
      return 'refused' in read ? [] : [read.e164];
    }),
  );
}

/** The dated map first; where it says nothing, the extension that stands with the person. */
async function extensionsOf(tx: Tx, source: string): Promise<ExtensionEntry[]> {
  const mapped = (await allExtensions(tx)).filter((row) => row.source === source);
  const people = await listPeople(tx);
  const taken = new Set(mapped.flatMap(({ extension }) => extension ?? []));
  return [
    ...mapped.map(({ person, extension, name, fromAt, untilAt }) => ({
      person,
      ...(extension === null ? {} : { extension }),
      ...(name === null ? {} : { name }),
      from: fromAt,
      until: untilAt,
    })),
    ...people
      .filter(({ extension }) => extension !== null && !taken.has(extension))
      .map(({ id, extension, leftAt }) => ({
        person: id,
        ...(extension === null ? {} : { extension }),
        from: EVER,
        until: leftAt,
      })),
  ];
}
