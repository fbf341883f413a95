import type { OpenOrganization } from '../access/index.ts';
import { insertOrganization, listOrganizations, type House } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import type { NewId } from '../platform/ids.ts';
import type { Clock } from '../platform/time.ts';
import { asWritten, localDay, type Pack } from '../procedures/index.ts';
import { listPeople } from '../staff/index.ts';

/** Opens the installation's organization with its first administrator; safe to repeat after a run that died half-way. */
export function organizationOpener(parts: {
  database: Database;
  house: House;
  packs: readonly Pack[];
  clock: Clock;
  newId: NewId;
}) {
  const { database, house, packs, clock, newId } = parts;
  return async ({ administrator, ...about }: OpenOrganization) => {
    const [existing] = await listOrganizations(database.kysely);
    const organization = existing?.id ?? newId();
    const person = 'administrator';
    if (existing !== undefined) {
      // A first run that died half-way is gone through again; one that was finished is not touched.
      const staff = await database.inOrganization(organization, listPeople);
      if (staff.some(({ id }) => id === person)) return { organization, person };
    }
    if (existing === undefined)
      await insertOrganization(database.kysely, { id: organization, openedAt: clock.now(), ...about });
    const submit = (fact: { readonly fact: string; readonly [field: string]: unknown }) =>
      house.submit(organization, { actor: 'system', ...fact });
    await submit({ fact: 'organization.opened', ...about });
    const ofCountry = packs.filter((pack) => pack.country === about.country).map((pack) => pack.name);
    const today = localDay(clock.now(), about.zone);
    for (const adoption of asWritten(packs, ofCountry, today))
      await submit({ fact: 'procedure.adopted', adoption });
    await submit({
      fact: 'person.registered',
      person,
      ...administrator,
      role: 'administrator',
      zone: null,
      reportsTo: null,
      phone: null,
      extension: null,
      internal: true,
      documents: 'complete',
      grade: 'none',
      signed: false,
    });
    return { organization, person };
  };
}
