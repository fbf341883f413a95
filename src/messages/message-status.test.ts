import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../platform/time.ts';
import {
  applyStatus,
  deliveredAt,
  MESSAGE_STATUSES,
  type MessageProgress,
  type MessageStatus,
  type StatusEvent,
} from './message-status.ts';

const at = (second: number) => instant(Date.UTC(2024, 6, 1, 15, 0, second));

function run(events: readonly StatusEvent[]): MessageProgress | undefined {
  return events.reduce<MessageProgress | undefined>(
    (state, event) => applyStatus(state, event).progress,
    undefined,
  );
}

describe('how far a message got', () => {
  const cases: [name: string, events: MessageStatus[], status: MessageStatus][] = [
    ['in order', ['accepted', 'sent', 'delivered', 'read'], 'read'],
    ['read before delivered before sent', ['read', 'delivered', 'sent'], 'read'],
    ['read with no delivered', ['sent', 'read'], 'read'],
    ['failed after sent', ['sent', 'failed'], 'failed'],
    ['sent told late, after failed', ['failed', 'sent'], 'failed'],
    ['a delivery outranks a failure', ['delivered', 'failed'], 'delivered'],
    ['a voice note played', ['sent', 'delivered', 'read', 'played'], 'played'],
  ];
  it.each(cases)('%s', (_, statuses, expected) => {
    expect(run(statuses.map((status, second) => ({ status, at: at(second) })))?.status).toBe(expected);
  });

  it('knows the delivery from the reading when no delivery came', () => {
    const progress = run([{ status: 'read', at: at(9) }]);
    expect(progress && deliveredAt(progress)).toBe(at(9));
  });

  it('says that a repeat changes nothing', () => {
    const first = applyStatus(undefined, { status: 'sent', at: at(1) });
    expect(applyStatus(first.progress, { status: 'sent', at: at(1) }).changed).toBe(false);
  });
});

const anyEvent: fc.Arbitrary<StatusEvent> = fc
  .record({
    status: fc.constantFrom(...MESSAGE_STATUSES),
    second: fc.nat(20),
    code: fc.constantFrom(131026, 131047),
  })
  .map(({ status, second, code }) => ({
    status,
    at: at(second),
    ...(status === 'failed' ? { error: { code } } : {}),
  }));

describe('laws', () => {
  it('any order and any repeats of the same events end the same', () => {
    const shuffled = fc.array(anyEvent, { minLength: 1, maxLength: 12 }).chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc
          .tuple(fc.constant(events), fc.subarray(events), fc.subarray(events))
          .chain((parts) => fc.shuffledSubarray(parts.flat(), { minLength: parts.flat().length })),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([events, disordered]) => {
        expect(run(disordered)).toEqual(run(events));
      }),
      { numRuns: 1_000 },
    );
  });

  it('never goes backwards', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 15 }), (events) => {
        let before: MessageProgress | undefined;
        for (const event of events) {
          const { progress } = applyStatus(before, event);
          if (before) {
            expect(MESSAGE_STATUSES.indexOf(progress.status)).toBeGreaterThanOrEqual(
              MESSAGE_STATUSES.indexOf(before.status),
            );
          }
          before = progress;
        }
      }),
    );
  });
});
