import { beforeAll, describe, expect, it } from 'vitest';

import { floorPacks } from '../../tests/floor.ts';
import { atLocal } from '../calendar/index.ts';
import type { Instant } from '../platform/time.ts';
import { asWritten, inForce, type Adoption, type Pack } from '../procedures/index.ts';
import { rosterInstants } from './roster-instants.ts';

const ZONE = 'America/Mexico_City';
let packs: readonly Pack[];
beforeAll(async () => {
  packs = await floorPacks();
});

const both = ['lead-assignment', 'contact-center-policy'] as const;
const dueOn = (value: string) => ({ 'lead-assignment': { 'roster.dueOn': value } });

describe('the instants of a month’s roster (lead-assignment P1, contact-center-policy L1)', () => {
  it.each<
    [
      name: string,
      month: string,
      procedures: readonly (typeof both)[number][],
      readings: Readonly<Record<string, object>>,
      due: string | null,
      send: string | null,
      confirm: string | null,
    ]
  >([
    ['as written', '2024-07', both, {}, '2024-06-25T18:00', '2024-07-01T08:00', '2024-07-01T23:59:59'],
    [
      'January’s is due in December',
      '2025-01',
      both,
      {},
      '2024-12-25T18:00',
      '2025-01-01T08:00',
      '2025-01-01T23:59:59',
    ],
    [
      'another due day',
      '2024-07',
      both,
      dueOn('28T12:30'),
      '2024-06-28T12:30',
      '2024-07-01T08:00',
      '2024-07-01T23:59:59',
    ],
    [
      'a day the month before does not have',
      '2024-03',
      both,
      dueOn('31T12:00'),
      '2024-02-29T12:00',
      '2024-03-01T08:00',
      '2024-03-01T23:59:59',
    ],
    ['no list is due under a procedure not yet in force', '2021-07', both, {}, null, null, null],
    ['the first list after it', '2021-08', both, {}, '2021-07-25T18:00', null, null],
    [
      'sent from the policy’s first day',
      '2023-03',
      both,
      {},
      '2023-02-25T18:00',
      '2023-03-01T08:00',
      '2023-03-01T23:59:59',
    ],
    ['not a month before', '2023-02', both, {}, '2023-01-25T18:00', null, null],
    [
      'the policy alone asks for no list',
      '2024-07',
      ['contact-center-policy'],
      {},
      null,
      '2024-07-01T08:00',
      '2024-07-01T23:59:59',
    ],
    ['without procedures nothing', '2024-07', [], {}, null, null, null],
  ])('%s', (_name, month, procedures, readings, due, send, confirm) => {
    const adoptions: Adoption[] = asWritten(packs, procedures).map((a) => ({
      ...a,
      readings: { ...readings[a.procedure] },
    }));
    const rulesAt = (at: Instant) => inForce(packs, adoptions, ZONE, at);
    const local = (text: string | null) => (text === null ? null : atLocal(text, ZONE));
    expect(rosterInstants(month, ZONE, rulesAt)).toEqual({
      month,
      dueAt: local(due),
      beginsAt: atLocal(`${month}-01T00:00`, ZONE),
      sendAt: local(send),
      remindAt: send === null ? null : atLocal(`${month}-01T18:00`, ZONE),
      confirmBy: local(confirm),
    });
  });
});
