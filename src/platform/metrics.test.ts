import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

describe('createMetrics', () => {
  it('counts and measures into a page of its own', async () => {
    const metrics = createMetrics({ processMetrics: false });
    const received = metrics.counter({
      name: 'leads_received_total',
      help: 'Leads received.',
      labels: ['source'],
    });
    received.inc({ source: 'meta' }, 2);
    metrics.histogram({ name: 'lead_assigned_seconds', help: 'From received to assigned.' }).observe(0.02);
    const { body, contentType } = await metrics.page();
    expect(contentType).toContain('text/plain');
    expect(body).toContain('pauta_leads_received_total{source="meta"} 2');
    expect(body).toContain('pauta_lead_assigned_seconds_bucket{le="0.025"} 1');
    expect((await createMetrics({ processMetrics: false }).page()).body.trim()).toBe('');
  });

  it('tells of the process itself', async () => {
    expect((await createMetrics().page()).body).toContain('pauta_process_cpu_seconds_total');
  });
});
