import fc from 'fast-check';
import type { BookRecord, Stream } from '#app/domain/book/records.ts';
import type { NaivePolicyVersion } from '#tests/oracle/naive-types.ts';
import { anyEntry, anyPayment, anyRecord } from '#tests/oracle/random-records.ts';
import { randomPolicies } from '#tests/oracle/random-policies.ts';
import { instants } from '#tests/oracle/random-values.ts';
import {
  failures,
  invoiced,
  refunds,
  renewals,
  subscriptions,
} from '#tests/oracle/scenes-of-billing.ts';
import { purchase, refundedPurchase } from '#tests/oracle/scenes-of-purchases.ts';
import { twins } from '#tests/oracle/scenes-of-twins.ts';
import { generated, reported, statement } from '#tests/oracle/scenes-of-use.ts';

export interface RandomBook {
  /** Epoch milliseconds. */
  asOf: number;
  policies: NaivePolicyVersion[];
  /** In the order in which they are read. */
  records: BookRecord[];
}

/** Noon on a Wednesday, just after midnight on a Monday, and late on a Saturday, in UTC. */
export const AS_OF = [
  Date.UTC(2026, 2, 4, 12),
  Date.UTC(2026, 4, 11, 0, 0, 0, 1),
  Date.UTC(2026, 4, 16, 23, 59),
] as const;

const watermarks = (asOf: number): fc.Arbitrary<BookRecord[]> =>
  fc.uniqueArray(
    fc
      .record({
        id: fc.constantFrom<Stream>('payments', 'invoices', 'ledger', 'generations'),
        through: fc.oneof(instants(asOf), fc.constant(asOf)),
      })
      .map((record): BookRecord => ({ type: 'watermark', record })),
    { selector: (line) => line.record.id, maxLength: 4 },
  );

const records = (asOf: number): fc.Arbitrary<BookRecord[]> =>
  fc
    .array(
      fc.oneof(
        purchase(asOf),
        purchase(asOf),
        twins(asOf),
        twins(asOf),
        refundedPurchase(asOf),
        generated(asOf),
        generated(asOf),
        generated(asOf),
        statement(asOf),
        reported(asOf),
        renewals(asOf),
        subscriptions(asOf),
        invoiced(asOf),
        refunds(asOf),
        failures(asOf),
        fc.array(anyRecord(asOf), { maxLength: 6 }),
        fc.array(fc.oneof(anyPayment(asOf), anyEntry(asOf)), { maxLength: 8 }),
      ),
      { minLength: 1, maxLength: 12, size: 'max' },
    )
    .map((scenes) => scenes.flat());

/** Any book at any of the instants, with any policies and watermarks. */
export const randomBook: fc.Arbitrary<RandomBook> = fc.constantFrom(...AS_OF).chain((asOf) =>
  fc.record({
    asOf: fc.constant(asOf),
    policies: randomPolicies(asOf),
    records: fc
      // Watermarks speak for the whole book; often there is none.
      .tuple(fc.oneof(fc.constant([]), watermarks(asOf)), records(asOf))
      .map(([marks, lines]) => [...marks, ...lines]),
  }),
);

/** Records alone, under the default policy, for books that share one database and one `asOf`. */
export const randomRecords = (asOf: number): fc.Arbitrary<BookRecord[]> => records(asOf);
