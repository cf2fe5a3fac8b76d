/** Measurements for Prometheus: routes, states and counts, never an id, a name or a word of a case. */

/** What a gauge or counter shows: one number, or one for each value of its label. */
export type Reading = number | Record<string, number>;

export type Metrics = {
  /** Counts a finished request. @param route the pattern, such as /api/cases/:id */
  request(method: string, route: string, status: number, seconds: number): void;
  /**
   * A number that is asked for when somebody looks; absent from the answer while it cannot be read.
   * @param label name of the label when `read` gives one number for each of its values
   */
  gauge(name: string, help: string, read: () => Promise<Reading> | Reading, label?: string): void;
  /** The exposition format, and its media type. */
  expose(): Promise<{ contentType: string; text: string }>;
};

/** For processes without an operations port: nothing is kept. */
export const noMetrics: Metrics = {
  request: () => {},
  gauge: () => {},
  expose: async () => ({ contentType: 'text/plain; charset=utf-8', text: '' }),
};

const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Loaded only where measurements are kept. */
export async function createMetrics(): Promise<Metrics> {
  const prometheus = await import('prom-client');
  const registry = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register: registry });
  const requests = new prometheus.Histogram({
    name: 'mozarela_http_request_duration_seconds',
    help: 'Time to answer, by method, route pattern and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  return {
    request: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    gauge(name, help, read, label) {
      new prometheus.Gauge({
        name,
        help,
        labelNames: label ? [label] : [],
        registers: [registry],
        async collect() {
          this.reset();
          // A part that is down must not hide what the others measure.
          const reading = await Promise.resolve(read()).catch(() => ({}));
          if (typeof reading === 'number') this.set(reading);
          else
            for (const [value, number] of Object.entries(reading)) this.set({ [label ?? '']: value }, number);
        },
      });
    },
    expose: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
