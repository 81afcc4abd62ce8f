import { AGREES, MAX_CLOCK_SKEW, MEASURED_EVERY } from '#app/domain/time/clock-skew.ts';
import type { ClockVerdict } from '#app/domain/time/clock-skew.ts';
import type { Instant } from '#app/lib/instant.ts';
export interface ClockParts {
  /** The time the console would go by: the machine's, or one that was set to begin elsewhere. */
  own: () => Instant;
  /** The machine's own time. */
  machine: () => Instant;
  /** Milliseconds that have gone by, whatever is set. */
  elapsed: () => number;
  /** Null: the database's clock is the machine's. */
  databaseNow: () => Promise<Instant | null>;
}

const TRIES = 3;
/** Milliseconds. Honest machines differ by less, and a clock that moves all the time is no better for it. */
const WORTH_CORRECTING = 100;

/** The time that a console goes by: the database's, as far as it differs from the machine's. */
export class ConsoleClock {
  readonly #parts: ClockParts;
  #correction = 0;
  #measured: number | null = null;
  #steppedAt = -Infinity;
  /** What the comparison with the other consoles came to. */
  verdict: ClockVerdict = AGREES;

  constructor(parts: ClockParts) {
    this.#parts = parts;
  }

  readonly now = (): Instant => this.#parts.own() - this.#correction;

  /** Milliseconds by which the machine is ahead of the database, when it was measured last. */
  get ahead(): number {
    return this.#measured ?? 0;
  }

  /**
   * Whether this console may take up what waits. Not while it leaves that to others, and not soon after one of
   * the clocks was set: until then others may hold a lease that they took by the clock of before, and may not
   * have measured anew.
   * @param longestLease milliseconds for which anybody may hold what is taken up.
   */
  readonly sends = (longestLease: number): boolean =>
    this.verdict.kind !== 'stands_back' &&
    this.#parts.elapsed() - this.#steppedAt >= MEASURED_EVERY + longestLease;

  /**
   * Asks the database for its time and goes by it from now on; of a few answers the quickest counts. Null where
   * there is nothing to correct, or the answers took too long to tell.
   */
  async measure(): Promise<{ at: Instant; ahead: number } | null> {
    const { machine, elapsed, databaseNow } = this.#parts;
    let best = { took: Infinity, at: 0, ahead: 0 };
    for (let tries = 0; tries < TRIES; tries += 1) {
      const [asked, begun] = [machine(), elapsed()];
      const at = await databaseNow();
      if (at === null) return null;
      const took = elapsed() - begun;
      if (took < best.took) best = { took, at, ahead: Math.round(asked + took / 2 - at) };
    }
    if (best.took > MAX_CLOCK_SKEW) return null;
    const { at, ahead } = best;
    if (this.#measured !== null && Math.abs(ahead - this.#measured) > MAX_CLOCK_SKEW)
      this.#steppedAt = elapsed();
    this.#measured = ahead;
    if (Math.abs(ahead - this.#correction) > WORTH_CORRECTING) this.#correction = ahead;
    return { at, ahead };
  }
}
