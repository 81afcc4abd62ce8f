import fc from 'fast-check';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * Offsets from `asOf` at which some rule changes its mind, and offsets that lie a minute, an hour or
 * a day from one of those, so that two instants drawn at random are often exactly at a boundary of
 * each other too.
 */
const OFFSETS = [
  0,
  -1 * MINUTE,
  -2 * MINUTE,
  -4 * MINUTE,
  -5 * MINUTE,
  -15 * MINUTE,
  -16 * MINUTE,
  -1 * HOUR,
  -75 * MINUTE,
  -2 * HOUR,
  -3 * HOUR,
  -1 * DAY,
  -1 * DAY - MINUTE,
  -1 * DAY - HOUR,
  -1 * DAY - 15 * MINUTE,
  -2 * DAY,
  -3 * DAY,
  -12 * DAY,
  -13 * DAY,
  -14 * DAY,
  -15 * DAY,
  -16 * DAY,
];
const LATER = [1, MINUTE, 15 * MINUTE, HOUR, DAY];

const jitter = fc.constantFrom(0, 0, 0, -1, 1);

/** An instant at, a millisecond before or after an interesting offset; a few lie after `asOf`. */
export const instants = (asOf: number): fc.Arbitrary<number> =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc.tuple(fc.constantFrom(...OFFSETS), jitter).map(([at, ms]) => asOf + at + ms),
    },
    { weight: 1, arbitrary: fc.constantFrom(...LATER).map((at) => asOf + at) },
  );

/** A distance that is just inside, at or just outside each of the bounds. */
export const around = (...bounds: number[]): fc.Arbitrary<number> =>
  fc.tuple(fc.constantFrom(0, ...bounds), jitter).map(([bound, ms]) => bound + ms);

/** `times` times as often a value as null. */
export const orNull = <T>(arbitrary: fc.Arbitrary<T>, times = 2): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: times, arbitrary });

/** Few, so that records of different customers and of one kind collide; none sorts as it counts. */
export const customerId = fc.constantFrom('c1', 'c1', 'c1', 'c2', 'C10');
export const paymentId = fc.constantFrom('p1', 'p10', 'p2', 'P3', 'p4', 'p5', 'é6', '__proto__');
export const generationId = fc.constantFrom('g1', 'g10', 'G2', 'g3', 'g4', 'constructor');
export const invoiceId = fc.constantFrom('i1', 'i10', 'I2', 'i3');
export const subscriptionId = fc.constantFrom('s1', 's10', 'S2', 's3', 's4');
export const refundId = fc.constantFrom('r1', 'r10', 'R2', 'r3', 'r4', 'r5');
export const entryId = fc
  .tuple(fc.constantFrom('e', 'E', 'é'), fc.integer({ min: 0, max: 12 }))
  .map(([letter, number]) => `${letter}${number}`);
export const setupId = fc.constantFrom('t1', 't10', 'T2', 't3', 't4', 't5');

/** So large that credits × money is no safe integer, so small that a book's sums are. */
export const BIG_CREDITS = 700_000_000_000_003;
export const BIG_AMOUNT = 600_000_000_000_011;

export const creditsBought = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(0, 1, 3, 7, 100, 5000) },
  { weight: 1, arbitrary: fc.constantFrom(BIG_CREDITS) },
);
export const amountPaid = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(0, 1, 3, 900, 4900, 4900, 4900) },
  { weight: 1, arbitrary: fc.constantFrom(BIG_AMOUNT) },
);
export const currency = fc.constantFrom('usd', 'usd', 'usd', 'jpy');
