/** Counts of this process since it started, in the text format that Prometheus reads. */
export class Metrics {
  readonly #requests = new Map<string, number>();
  #seconds = 0;
  /** Epoch ms of the timer's last sweep; 0: none yet. */
  lastSweepAt = 0;
  sweptCustomers = 0;

  /** One answered request; `milliseconds` from its first line to the end of its answer. */
  countRequest(method: string, status: number, milliseconds: number): void {
    const key = `method="${method}",status="${status}"`;
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
    this.#seconds += milliseconds / 1000;
  }

  /** The counts, followed by the gauges that the caller has read elsewhere. */
  text(gauges: readonly { name: string; help: string; labels?: string; value: number }[]): string {
    const total = [...this.#requests.values()].reduce((sum, count) => sum + count, 0);
    const lines = [
      '# HELP redress_requests_total Requests answered.',
      '# TYPE redress_requests_total counter',
      ...[...this.#requests].map(([labels, count]) => `redress_requests_total{${labels}} ${count}`),
      '# HELP redress_request_seconds Time spent on requests.',
      '# TYPE redress_request_seconds summary',
      `redress_request_seconds_sum ${this.#seconds.toFixed(6)}`,
      `redress_request_seconds_count ${total}`,
    ];
    const described = new Set<string>();
    for (const { name, help, labels, value } of gauges) {
      if (!described.has(name)) lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`);
      described.add(name);
      lines.push(`${name}${labels ? `{${labels}}` : ''} ${value}`);
    }
    return `${lines.join('\n')}\n`;
  }
}
