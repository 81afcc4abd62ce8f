import type { Instant } from '#app/lib/instant.ts';

/** How often something may be done within a length of time (ms). */
export interface Rate {
  times: number;
  within: number;
}

const MOST_KEYS = 10_000;

/**
 * Counts what each key did lately, in this process. For load, not for secrets: the throttle of sign-in
 * counts in the database.
 */
export class RateLimit {
  readonly #now: () => Instant;
  readonly #done = new Map<string, Instant[]>();

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /** Counts one try; answers the seconds to wait where it is one too many, else 0. */
  take(key: string, rate: Rate): number {
    const now = this.#now();
    const recent = (this.#done.get(key) ?? []).filter((at) => now - at < rate.within && at <= now);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= rate.times)
      return Math.max(1, Math.ceil((oldest + rate.within - now) / 1000));
    if (!this.#done.has(key) && this.#done.size >= MOST_KEYS) this.#done.clear();
    this.#done.set(key, [...recent, now]);
    return 0;
  }
}
