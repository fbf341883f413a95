import { describe, expect, it } from 'vitest';

import { readEmail, readPhone } from '../src/contacts/index.ts';
import { pretendLeads } from './lead-bodies.ts';
import { byAnotherRoute, prospect, written } from './people.ts';
import { seeded, seededFor, whole } from './random.ts';
import { rosterOf, sampleOrganization } from './sample-organization.ts';

const PEOPLE = 400;

describe.each(['MX', 'CO'] as const)('people invented for %s', (country) => {
  it('write numbers and e-mails that can be read, whatever the dirt, as the person they are', () => {
    const random = seeded(7);
    for (let i = 0; i < PEOPLE; i += 1) {
      const person = prospect(random, country);
      const told = written(random, person, country);
      const phone = readPhone(told.phone, country);
      expect(phone, told.phone).toMatchObject({ e164: `${country === 'MX' ? '+52' : '+57'}${person.phone}` });
      if (told.email !== null) expect(readEmail(told.email)).toMatchObject({ folded: person.email });
    }
  });

  it('come again by another route with either the phone or the e-mail they had', () => {
    const random = seeded(7);
    const person = prospect(random, country);
    for (let i = 0; i < PEOPLE; i += 1) {
      const again = byAnotherRoute(random, person, country);
      expect(again.name).toEqual(person.name);
      expect([again.phone === person.phone, again.email === person.email].filter(Boolean)).toHaveLength(1);
    }
  });
});

describe('the sample organization', () => {
  it('is the same for the same seed and another for another', () => {
    expect(sampleOrganization(3, 'MX')).toEqual(sampleOrganization(3, 'MX'));
    expect(sampleOrganization(3, 'MX').staff).not.toEqual(sampleOrganization(4, 'MX').staff);
  });

  it.each([1, 2, 3, 4, 5])('has nobody twice and a line for every advisor (seed %i)', (seed) => {
    const sample = sampleOrganization(seed, 'MX');
    for (const field of ['id', 'name', 'email', 'phone'] as const)
      expect(new Set(sample.staff.map((person) => person[field])).size).toBe(sample.staff.length);
    expect(rosterOf(sample).filter(({ role }) => role === 'advisor')).toHaveLength(10);
    for (const { phone, reportsTo } of sample.staff) {
      expect(readPhone(phone, 'MX')).toMatchObject({ e164: phone });
      if (reportsTo !== null) expect(sample.staff.some(({ id }) => id === reportsTo)).toBe(true);
    }
    expect(readPhone(sample.companyLine, 'MX')).toMatchObject({ e164: sample.companyLine });
  });

  it('receives the same leads for the same seed, each id once', () => {
    const draw = () => {
      const leads = pretendLeads(seeded(5), sampleOrganization(5, 'MX'));
      return Array.from({ length: PEOPLE }, () => leads.next());
    };
    const drawn = draw();
    expect(draw()).toEqual(drawn);
    expect(new Set(drawn.map(({ body }) => body.sourceId)).size).toBe(PEOPLE);
    expect(new Set(drawn.map(({ kind }) => kind))).toEqual(
      new Set(['new', 'other-route', 'household', 'test']),
    );
  });
});

describe('chance', () => {
  it('for one thing by its name does not depend on what was drawn before', () => {
    expect(seededFor(1, 'a', 'bc')()).toBe(seededFor(1, 'a', 'bc')());
    expect(seededFor(1, 'a', 'bc')()).not.toBe(seededFor(1, 'ab', 'c')());
    expect(seededFor(1, 'a')()).not.toBe(seededFor(2, 'a')());
  });

  it('draws every whole number of its range', () => {
    const random = seeded(1);
    const drawn = new Set(Array.from({ length: PEOPLE }, () => whole(random, 1, 6)));
    expect([...drawn].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
