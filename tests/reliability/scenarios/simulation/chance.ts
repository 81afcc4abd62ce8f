/** A seeded source of chance: the same numbers for the same seed. */
export class Chance {
  private state: number;
  private made = 0;

  constructor(readonly seed: number) {
    this.state = (Math.imul(seed, 2_654_435_761) ^ 0x9e3779b9) >>> 0;
  }

  /** From 0 up to 1. */
  next(): number {
    // mulberry32
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  /** Whether something of this likelihood happens now. */
  happens(likelihood: number): boolean {
    return this.next() < likelihood;
  }
  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }
  pick<T>(all: readonly T[]): T {
    const one = all[this.whole(0, all.length - 1)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  }
  /** An id that is the same for the same seed, and of no other. */
  newId = (prefix: string): string => `${prefix}_${this.seed.toString(36)}z${this.tail()}`;
  tail = (): string => (this.made += 1).toString(36).padStart(10, '0');
}
