import { describe, expect, it } from 'vitest';
import { HOUR } from '../platform/time.ts';
import { outcomeOfError, WHATSAPP_ERRORS } from './whatsapp-errors.ts';

describe('what each WhatsApp error does', () => {
  const cases: [code: number, outcome: string, detail: string | undefined][] = [
    [0, 'refused', 'stop-sender'],
    [190, 'refused', 'stop-sender'],
    [10, 'refused', 'stop-sender'],
    [200, 'refused', 'stop-sender'],
    [299, 'refused', 'stop-sender'],
    [4, 'retry', 'sender'],
    [80007, 'retry', 'sender'],
    [130429, 'retry', 'sender'],
    [131056, 'retry', 'recipient'],
    [131000, 'retry', 'message'],
    [131016, 'retry', 'message'],
    [2, 'retry', 'message'],
    [131057, 'retry', 'sender'],
    [131026, 'refused', 'channel-unusable'],
    [131047, 'refused', 'needs-template'],
    [131048, 'refused', 'stop-sender'],
    [131049, 'refused', undefined],
    [131050, 'refused', 'opt-out'],
    [130472, 'refused', undefined],
    [131042, 'refused', 'stop-sender'],
    [131031, 'refused', 'stop-sender'],
    [368, 'refused', 'stop-sender'],
    [131051, 'refused', undefined],
    [131052, 'refused', undefined],
    [131053, 'refused', undefined],
    [132000, 'refused', 'bad-template'],
    [132001, 'refused', 'bad-template'],
    [132005, 'refused', 'bad-template'],
    [132007, 'refused', 'bad-template'],
    [132012, 'refused', 'bad-template'],
    [132015, 'refused', 'bad-template'],
    [132016, 'refused', 'bad-template'],
    [999999, 'refused', undefined],
  ];
  it.each(cases)('%i', (code, outcome, detail) => {
    const found = outcomeOfError({ code }, 1);
    expect(found.outcome).toBe(outcome);
    expect('scope' in found ? found.scope : 'effect' in found ? found.effect : undefined).toBe(detail);
  });

  it('no code stands in two rows', () => {
    const codes = WHATSAPP_ERRORS.flatMap((row) => row.codes);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('waits longer each time, never over an hour, and gives up', () => {
    const waits = [1, 2, 3, 7].map((attempt) => outcomeOfError({ code: 131000 }, attempt));
    expect(waits.map((one) => ('afterMilliseconds' in one ? one.afterMilliseconds : 0))).toEqual([
      30_000, 60_000, 120_000, 1_920_000,
    ]);
    const late = outcomeOfError({ code: 131056 }, 19);
    expect('afterMilliseconds' in late && late.afterMilliseconds).toBe(HOUR);
    expect(outcomeOfError({ code: 131000 }, 8).outcome).toBe('refused');
  });

  it("Meta's own Retry-After wins over a shorter wait of ours", () => {
    expect(outcomeOfError({ code: 130429 }, 1, 120_000)).toMatchObject({ afterMilliseconds: 120_000 });
  });

  it('an unknown code that Meta calls transient is tried again', () => {
    expect(outcomeOfError({ code: 999999, transient: true }, 1).outcome).toBe('retry');
  });
});
