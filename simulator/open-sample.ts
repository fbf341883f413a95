import { localDate, localMonth, previousMonth } from '../src/calendar/index.ts';
import { insertOrganization } from '../src/decisions/index.ts';
import type { Database } from '../src/platform/database.ts';
import type { Instant } from '../src/platform/time.ts';
import { asWritten, type Adoption, type Pack } from '../src/procedures/index.ts';
import { idOf, PBX_SOURCE, rosterOf, SALES_ZONE, type SampleOrganization } from './sample-organization.ts';
import type { SimulatedHouse, Told } from './simulated-house.ts';

/** Where its facts go: the simulated house, or the running one. */
export type TakesFacts = Pick<SimulatedHouse, 'now' | 'submit'>;

/** The procedures of a real-estate company, also where it works in another country than the documents were written for. */
export const PROCEDURES = ['contact-center-policy', 'lead-assignment', 'lead-reassignment'] as const;

export interface SampleDoors {
  /** The unguessable end of the address to which the PBX writes. */
  readonly pbx: string;
}

/** The organization with its procedures as written, staff and sources, at the instant where the house stands. */
export async function openSample(
  database: Database,
  house: TakesFacts,
  sample: SampleOrganization,
  parts: {
    readonly organization: string;
    readonly packs: readonly Pack[];
    readonly doors: SampleDoors;
  },
): Promise<void> {
  const { name, country, zone, locale } = sample;
  const about = { name, country, zone, locale };
  await insertOrganization(database.kysely, { id: parts.organization, openedAt: house.now(), ...about });
  await house.submit({ fact: 'organization.opened', actor: 'system', ...about });
  const today = localDate(house.now(), zone);
  await house.submit(
    ...asWritten(parts.packs, PROCEDURES, today).map((adoption) => ({
      fact: 'procedure.adopted',
      actor: 'system',
      adoption,
    })),
  );
  await house.submit(...sample.staff.map(registered));
  await house.submit(...sourceFacts(sample, parts.doors, house.now()));
}

function registered({ id, ...person }: SampleOrganization['staff'][number]): Told {
  // Those who came last, and are on no roster, have yet to sign.
  const signed = person.role !== 'support';
  const papers = { internal: true, documents: 'complete', grade: 'pass', signed };
  return { fact: 'person.registered', actor: 'system', person: id, ...person, ...papers };
}

function sourceFacts(sample: SampleOrganization, doors: SampleDoors, now: Instant): Told[] {
  const sources = sample.sources.map(({ key, kind, name }) => ({
    fact: 'source.changed',
    actor: 'mercadotecnia',
    source: key,
    kind,
    name,
    zone: null,
    settings: kind === 'pbx' ? { companyLines: [sample.companyLine] } : {},
    enabled: true,
    secrets: [],
    door: kind === 'pbx' ? doors.pbx : null,
  }));
  const extensions = sample.staff.flatMap(({ id, name, extension }) =>
    extension === null
      ? []
      : [
          {
            fact: 'extension.mapped',
            actor: 'administracion',
            id: `${PBX_SOURCE}-${extension}`,
            source: PBX_SOURCE,
            person: id,
            extension,
            name,
            fromAt: now,
            untilAt: null,
          },
        ],
  );
  return [...sources, ...extensions];
}

/**
 * From the day of `from`, leads are given at any hour (reading hours.outside: assign), so that whoever tries the sample at
 * night sees it work. Until then they waited for 08:00, as the procedure is written.
 */
export function assignAtAnyHour(packs: readonly Pack[], sample: SampleOrganization, from: Instant): Adoption {
  const policy = asWritten(packs, ['contact-center-policy']).at(-1);
  if (policy === undefined) throw new Error('contact-center-policy is missing');
  return { ...policy, effectiveOn: localDate(from, sample.zone), readings: { 'hours.outside': 'assign' } };
}

/** Everybody is on duty from now: the month before was good, and the administrator hands in the list of a month that has begun. */
export async function putOnDuty(house: TakesFacts, sample: SampleOrganization): Promise<void> {
  const by = idOf(sample, 'administrator');
  const month = localMonth(house.now(), sample.zone);
  const advisors = rosterOf(sample).map(({ id }) => id);
  const figures = { month: previousMonth(month), sales: 4, leads: 36, closings: 4 };
  await house.submit(...advisors.map((person) => ({ fact: 'month.results', actor: by, person, ...figures })));
  const list = { month, by, zone: SALES_ZONE, advisors, byAdministrator: true };
  await house.submit({ fact: 'roster.submitted', actor: by, ...list });
}
