import { describe, expect, it } from 'vitest';
import { HOUR, instant, plus } from '../platform/time.ts';
import { serviceWindow, type WindowFacts } from './service-window.ts';

const wrote = instant('2024-07-01T15:00:00.000Z');
const after = (milliseconds: number) => plus(wrote, milliseconds);

describe('free text or a template', () => {
  const cases: [name: string, facts: WindowFacts, now: string, form: string][] = [
    ['nobody ever wrote', {}, wrote, 'template-needed'],
    ['just wrote', { lastInboundAt: wrote }, wrote, 'free-text'],
    ['the last millisecond of 24 hours', { lastInboundAt: wrote }, after(24 * HOUR - 1), 'free-text'],
    ['exactly 24 hours', { lastInboundAt: wrote }, after(24 * HOUR), 'template-needed'],
    [
      'from an advertisement, answered in time: the last of 72 hours',
      { lastInboundAt: wrote, fromAd: { inboundAt: wrote, answeredAt: after(HOUR) } },
      after(72 * HOUR - 1),
      'free-text',
    ],
    [
      'from an advertisement: exactly 72 hours',
      { lastInboundAt: wrote, fromAd: { inboundAt: wrote, answeredAt: after(HOUR) } },
      after(72 * HOUR),
      'template-needed',
    ],
    [
      'from an advertisement nobody answered within 24 hours',
      { lastInboundAt: wrote, fromAd: { inboundAt: wrote, answeredAt: after(24 * HOUR) } },
      after(25 * HOUR),
      'template-needed',
    ],
  ];
  it.each(cases)('%s', (_, facts, now, form) => {
    expect(serviceWindow(facts, instant(now)).form).toBe(form);
  });

  it('the later of both windows holds', () => {
    const facts = { lastInboundAt: after(60 * HOUR), fromAd: { inboundAt: wrote, answeredAt: after(1) } };
    expect(serviceWindow(facts, after(73 * HOUR))).toEqual({ form: 'free-text', until: after(84 * HOUR) });
  });
});
