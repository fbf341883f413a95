import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Upper bounds in seconds: from a read in memory to what no one waits for. */
const SECONDS_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

/** Labels have few values: a queue's kind, a source's kind, never a person, a phone or an id. */
export interface MetricText<L extends string> {
  /** Ends in its unit: `lead_assigned_seconds`, `leads_received_total`. The prefix `pauta_` is added. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly L[];
}

export interface Metrics {
  counter<L extends string = never>(text: MetricText<L>): Counter<L>;
  gauge<L extends string = never>(text: MetricText<L>): Gauge<L>;
  /** Of seconds, unless other bucket bounds are given. */
  histogram<L extends string = never>(
    text: MetricText<L> & { readonly buckets?: readonly number[] },
  ): Histogram<L>;
  /** The page Prometheus reads. */
  page(): Promise<{ contentType: string; body: string }>;
}

/** A registry of its own, so that two servers in one test process do not count into each other. */
export function createMetrics({ processMetrics = true }: { processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry, prefix: 'pauta_' });
  const common = <L extends string>({ name, help, labels }: MetricText<L>) => ({
    name: `pauta_${name}`,
    help,
    labelNames: labels ?? [],
    registers: [registry],
  });
  return {
    counter: (text) => new Counter(common(text)),
    gauge: (text) => new Gauge(common(text)),
    histogram: (text) => new Histogram({ ...common(text), buckets: [...(text.buckets ?? SECONDS_BUCKETS)] }),
    page: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
