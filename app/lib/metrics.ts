import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a request is for, as far as its speed is concerned; open pages' streams have none. */
export type RequestKind = 'page' | 'facts' | 'form' | 'asset' | 'ingest' | 'webhook' | 'probe';

export interface Gauge {
  name: string;
  help: string;
  labels?: string;
  value: number;
}

/** Upper bounds in seconds. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Milliseconds between two looks at the event loop. */
const RESOLUTION = 20;

interface Latency {
  /** How many were at most so slow, a bucket each. */
  within: number[];
  seconds: number;
  count: number;
}

/** Counts of this process since it started, in the text format that Prometheus reads. */
export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #latencies = new Map<RequestKind, Latency>();
  readonly #loop = monitorEventLoopDelay({ resolution: RESOLUTION });
  /** Epoch ms of the timer's last sweep; 0: none yet. */
  lastSweepAt = 0;
  sweptCustomers = 0;
  /** Bytes of SQLite's write-ahead log, when it was last looked at. */
  logBytes = 0;

  constructor() {
    this.#loop.enable();
  }

  /** One answered request; `milliseconds` from its first line to the end of its answer. Null: a stream. */
  countRequest(
    method: string,
    status: number,
    milliseconds: number,
    kind: RequestKind | null,
  ): void {
    const key = `method="${method}",status="${status}"`;
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
    if (kind === null) return;
    const none = { within: BUCKETS.map(() => 0), seconds: 0, count: 0 };
    const latency = this.#latencies.get(kind) ?? none;
    this.#latencies.set(kind, latency);
    const seconds = milliseconds / 1000;
    latency.seconds += seconds;
    latency.count += 1;
    BUCKETS.forEach((bound, at) => {
      if (seconds <= bound) latency.within[at] = (latency.within[at] ?? 0) + 1;
    });
  }

  /** How late the event loop was since this was last asked. */
  #lag(): Gauge[] {
    const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - RESOLUTION / 1e3);
    const gauges = [
      ['0.5', this.#loop.percentile(50)],
      ['0.99', this.#loop.percentile(99)],
      ['1', this.#loop.max],
    ] as const;
    this.#loop.reset();
    return gauges.map(([quantile, nanoseconds]) => ({
      name: 'redress_event_loop_lag_seconds',
      help: 'How late the event loop was since the last reading.',
      labels: `quantile="${quantile}"`,
      value: late(nanoseconds),
    }));
  }

  /** The counts, followed by the gauges that the caller has read elsewhere. */
  text(gauges: readonly Gauge[]): string {
    const lines = [
      '# HELP redress_requests_total Requests answered.',
      '# TYPE redress_requests_total counter',
      ...[...this.#requests].map(([labels, count]) => `redress_requests_total{${labels}} ${count}`),
      '# HELP redress_request_seconds Time from a request to the end of its answer.',
      '# TYPE redress_request_seconds histogram',
      ...[...this.#latencies].flatMap(([kind, latency]) => latencyLines(kind, latency)),
    ];
    const described = new Set<string>();
    for (const { name, help, labels, value } of [...this.#lag(), ...gauges]) {
      if (!described.has(name)) lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`);
      described.add(name);
      lines.push(`${name}${labels ? `{${labels}}` : ''} ${value}`);
    }
    return `${lines.join('\n')}\n`;
  }
}

function latencyLines(kind: RequestKind, { within, seconds, count }: Latency): string[] {
  const name = 'redress_request_seconds';
  return [
    ...BUCKETS.map((bound, at) => `${name}_bucket{kind="${kind}",le="${bound}"} ${within[at]}`),
    `${name}_bucket{kind="${kind}",le="+Inf"} ${count}`,
    `${name}_sum{kind="${kind}"} ${seconds.toFixed(6)}`,
    `${name}_count{kind="${kind}"} ${count}`,
  ];
}
