import type { Instant } from '#app/lib/instant.ts';

/** Keeps the earliest of the instants it is told that lie after a given one. */
export class EarliestAfter {
  private earliest = Number.POSITIVE_INFINITY;

  constructor(private readonly after: Instant) {}

  consider(instant: Instant | null): void {
    if (instant !== null && instant > this.after && instant < this.earliest) {
      this.earliest = instant;
    }
  }

  /** null where none was told. */
  get instant(): Instant | null {
    return this.earliest === Number.POSITIVE_INFINITY ? null : this.earliest;
  }
}
