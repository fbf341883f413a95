import { expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import { requestTerms } from './request-terms.ts';

const MX = { country: 'MX', zone: 'America/Mexico_City' } as const;
const CO = { country: 'CO', zone: 'America/Bogota' } as const;

test.each([
  // Monday 2 September; the 16th and, once in six years, 1 October are holidays in Mexico.
  [
    'Mexico, over two holidays',
    MX,
    '2024-09-02T15:00:00Z',
    '2024-10-02T15:00:00.000Z',
    '2024-10-23T15:00:00.000Z',
    null,
  ],
  // Friday 2 August; the 7th and Monday the 19th are holidays in Colombia.
  [
    'Colombia, over two',
    CO,
    '2024-08-02T15:00:00Z',
    '2024-08-27T15:00:00.000Z',
    '2024-08-27T15:00:00.000Z',
    '2024-09-06T15:00:00.000Z',
  ],
  [
    'asked on a Sunday',
    MX,
    '2024-07-07T15:00:00Z',
    '2024-08-02T15:00:00.000Z',
    '2024-08-23T15:00:00.000Z',
    null,
  ],
])('%s', (_name, where, requestedAt, answerBy, carryOutBy, extendedTo) => {
  expect(requestTerms(instant(requestedAt), where)).toMatchObject({ answerBy, carryOutBy, extendedTo });
});
