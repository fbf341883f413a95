import { beforeAll, describe, expect, it } from 'vitest';

import { floorPacks } from '../../tests/floor.ts';
import { atLocal } from '../calendar/index.ts';
import { inForce, type Pack } from '../procedures/index.ts';
import { heldUntil } from './hours.ts';

const ZONE = 'America/Mexico_City';
let packs: readonly Pack[];
beforeAll(async () => {
  packs = await floorPacks();
});

const policy = (readings: object, parameters: object = {}) => ({
  procedure: 'contact-center-policy' as const,
  version: '2023-03-01',
  effectiveOn: '2023-03-01',
  readings: { ...readings },
  parameters: { ...parameters },
});
const monToSat = { L3: { weekdays: [1, 2, 3, 4, 5, 6], opensAt: '09:30', closesAt: '17:00' } };

describe('the hours in which leads are assigned (contact-center-policy L3)', () => {
  it.each<[name: string, at: string, readings: object, parameters: object, until: string | null]>([
    ['08:00:00 is inside', '2024-07-02T08:00:00', {}, {}, null],
    ['07:59:59 waits for the opening', '2024-07-02T07:59:59.999', {}, {}, '2024-07-02T08:00'],
    ['17:59:59 is inside', '2024-07-02T17:59:59.999', {}, {}, null],
    ['18:00:00 waits for tomorrow', '2024-07-02T18:00:00', {}, {}, '2024-07-03T08:00'],
    ['Sunday is a day like any', '2024-07-07T12:00', {}, {}, null],
    ['the last evening of the year', '2024-12-31T20:00', {}, {}, '2025-01-01T08:00'],
    ['assigned at any hour where it is read so', '2024-07-02T03:00', { 'hours.outside': 'assign' }, {}, null],
    ['before the policy, any hour', '2023-02-28T23:59:59.999', {}, {}, null],
    ['from its first midnight', '2023-03-01T00:00', {}, {}, '2023-03-01T08:00'],
    ['other hours, other days', '2024-07-06T17:00', {}, monToSat, '2024-07-08T09:30'],
  ])('%s', (_name, at, readings, parameters, until) => {
    const instant = atLocal(at, ZONE);
    const rules = inForce(packs, [policy(readings, parameters)], ZONE, instant);
    expect(heldUntil(rules, ZONE, instant)).toBe(until === null ? null : atLocal(until, ZONE));
  });
});
