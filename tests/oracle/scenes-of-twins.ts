import fc from 'fast-check';
import type { BookRecord } from '#app/domain/book/records.ts';
import { entryLine, paymentLine } from '#tests/oracle/blank-records.ts';
import {
  around,
  customerId,
  DAY,
  entryId,
  HOUR,
  instants,
  invoiceId,
  MINUTE,
  orNull,
  paymentId,
  subscriptionId,
} from '#tests/oracle/random-values.ts';

const drawOne = (asOf: number) =>
  fc.record({
    product: fc.constantFrom(null, null, null, 'pack-a'),
    invoiceId: orNull(invoiceId, 1),
    subscriptionId: orNull(subscriptionId, 1),
    periodStart: orNull(instants(asOf), 1),
    amountRefunded: fc.constantFrom(null, null, null, 4900, 4899),
    disputeStatus: fc.constantFrom(null, null, null, 'open', 'lost', 'won', 'inquiry'),
    status: fc.constantFrom('succeeded', 'succeeded', 'succeeded', 'requires_capture'),
  });

const drawTwins = (asOf: number) =>
  fc.record({
    customerId,
    captured: instants(asOf),
    credits: fc.constantFrom(null, 0, 100, 100, 100),
    ids: fc.uniqueArray(paymentId, { minLength: 2, maxLength: 4 }),
    gaps: fc.array(around(HOUR, HOUR, MINUTE, DAY), { minLength: 4, maxLength: 4 }),
    each: fc.array(drawOne(asOf), { minLength: 4, maxLength: 4 }),
    grants: fc.array(
      fc.record({
        id: entryId,
        arrival: fc.oneof(around(-MINUTE, DAY), fc.constantFrom(0, 15 * MINUTE, HOUR)),
        sequence: fc.constantFrom(0, 0, 1),
      }),
      { maxLength: 4 },
    ),
  });

/** Several payments of one price, near each other, and fewer, as many or more grants without a name. */
export const twins = (asOf: number): fc.Arbitrary<BookRecord[]> =>
  drawTwins(asOf).map(({ ids, gaps, each, grants, captured, credits, customerId: owner }) => {
    let at = captured;
    const payments = ids.map((id, index) => {
      at += gaps[index] ?? 0;
      const instantsOf = { createdAt: at - 1, capturedAt: at };
      return paymentLine({ ...each[index], id, customerId: owner, credits, ...instantsOf });
    });
    const entries = grants.map((grant) =>
      entryLine({
        id: grant.id,
        customerId: owner,
        kind: 'purchase',
        credits: credits ?? 0,
        occurredAt: captured + grant.arrival,
        sequence: grant.sequence,
      }),
    );
    return [...payments, ...entries];
  });
