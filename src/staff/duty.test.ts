import { beforeAll, describe, expect, it } from 'vitest';

import { floorPacks, openFloor } from '../../tests/floor.ts';
import { instant } from '../platform/time.ts';
import { asWritten, rulesOn, type Pack, type Procedure } from '../procedures/index.ts';
import { dutyAt } from './duty.ts';

let packs: readonly Pack[];
beforeAll(async () => {
  packs = await floorPacks();
});

const AT = '2024-07-02T15:00:00Z';
const ALL: readonly Procedure[] = ['lead-assignment', 'contact-center-policy'];

describe('who is on duty (contact-center-policy P2, L2; lead-assignment P6, P7)', () => {
  it.each<
    [
      name: string,
      facts: readonly object[],
      procedures: readonly Procedure[],
      at: string,
      onDuty: string,
      off: string,
    ]
  >([
    ['the roster, in staff order', [], ALL, AT, 'ana beto', ''],
    [
      'not the absent',
      [{ fact: 'person.changed', person: 'ana', absent: true }],
      ALL,
      AT,
      'beto',
      'ana: absent',
    ],
    [
      'nor one who has left',
      [{ fact: 'person.changed', person: 'ana', left: true }],
      ALL,
      AT,
      'beto',
      'ana: left',
    ],
    [
      'nor one whose grade was lost (P6)',
      [{ fact: 'person.changed', person: 'ana', grade: 'none' }],
      ALL,
      AT,
      'beto',
      'ana: no passing grade',
    ],
    [
      'nor one whose documents ran out (P7)',
      [{ fact: 'person.changed', person: 'ana', documents: 'expired' }],
      ALL,
      AT,
      'beto',
      'ana: documents not complete',
    ],
    [
      'nor one who is no longer internal (P7)',
      [{ fact: 'person.changed', person: 'ana', internal: false }],
      ALL,
      AT,
      'beto',
      'ana: not internal',
    ],
    [
      'grade and documents are looked at only where lead assignment is in force',
      [{ fact: 'person.changed', person: 'ana', grade: 'fail', internal: false }],
      ['contact-center-policy'],
      AT,
      'ana beto',
      '',
    ],
    ['nobody in a month without its roster', [], ALL, '2024-08-02T15:00:00Z', '', ''],
  ])('%s', (_name, facts, procedures, at, onDuty, off) => {
    const floor = openFloor({ packs, advisors: ['ana', 'beto'] });
    for (const fact of facts) floor.tell('2024-07-02T14:00:00Z', fact);
    const duty = dutyAt(
      floor.world,
      instant(at),
      rulesOn(packs, asWritten(packs, procedures), at.slice(0, 10)),
    );
    expect(duty.onDuty.map(({ id }) => id).join(' ')).toBe(onDuty);
    const why = duty.offDuty.filter((each) => each.why !== 'not on the roster');
    expect(why.map((each) => `${each.person.id}: ${each.why}`).join(', ')).toBe(off);
  });
});
