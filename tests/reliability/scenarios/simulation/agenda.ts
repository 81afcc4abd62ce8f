import type { Instant } from '#app/lib/instant.ts';

interface Entry {
  at: Instant;
  nth: number;
  act: () => Promise<void>;
}

/** What is to happen when, on a clock that leaps from one act to the next. */
export class Agenda {
  private entries: Entry[] = [];
  private made = 0;

  add(at: Instant, act: () => Promise<void>): void {
    const entry = { at, nth: (this.made += 1), act };
    // Nearly all come late: looked for from the end.
    let place = this.entries.length;
    while (place > 0 && (this.entries[place - 1]?.at ?? 0) > at) place -= 1;
    this.entries.splice(place, 0, entry);
  }

  /** The next act up to an instant, taken off; undefined: none. */
  take(until: Instant): Entry | undefined {
    return (this.entries[0]?.at ?? Infinity) <= until ? this.entries.shift() : undefined;
  }

  clear(): void {
    this.entries = [];
  }
}
