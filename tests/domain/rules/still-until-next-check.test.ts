import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Book, BookEntry } from '#app/domain/book/book.ts';
import { byInstantThenId } from '#app/domain/book/order.ts';
import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import { DEFAULT_POLICY } from '#app/domain/policy/policy.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import {
  T,
  book,
  customer,
  entry,
  generation,
  invoice,
  payment,
  refund,
  setupAttempt,
  subscription,
} from '#tests/factories/account.ts';

/** Instants that like to meet the limits of the policy, seen from one another. */
const STEPS = [0, 1, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, DAY, 14 * DAY];
const instant = fc
  .tuple(fc.constantFrom(...STEPS), fc.constantFrom(...STEPS), fc.integer({ min: -1, max: 1 }))
  .map(([a, b, off]) => T + a + b + off);
const maybe = fc.option(instant, { nil: null });
const count = fc.integer({ min: -3, max: 60 });
const id = (prefix: string) => fc.constantFrom('1', '2', '3', '4', '5').map((n) => prefix + n);
const orNull = <U>(arbitrary: fc.Arbitrary<U>) => fc.option(arbitrary, { nil: null });

const payments = fc.uniqueArray(
  fc
    .record({
      id: id('ch_'),
      purpose: fc.constantFrom('credit_pack', 'renewal', 'upgrade', 'other'),
      credits: fc.constantFrom(null, 50),
      status: fc.constantFrom('succeeded', 'succeeded', 'succeeded', 'failed', 'requires_capture'),
      createdAt: instant,
      capturedAt: maybe,
      amountRefunded: fc.constantFrom(null, 4_900, 2_450),
      refundedAt: maybe,
      disputeStatus: fc.constantFrom(null, null, 'open', 'won'),
      invoiceId: orNull(id('in_')),
      subscriptionId: orNull(id('sub_')),
      periodStart: maybe,
    } as const)
    .map(payment),
  { maxLength: 5, selector: (record) => record.id },
);
const refunds = fc.uniqueArray(
  fc
    .record({
      id: id('re_'),
      paymentId: id('ch_'),
      amount: fc.constantFrom(4_900, 2_450),
      status: fc.constantFrom('pending', 'failed', 'succeeded'),
      createdAt: instant,
    } as const)
    .map(refund),
  { maxLength: 3, selector: (record) => record.id },
);
const entries = fc.uniqueArray(
  fc
    .record({
      id: id('le_'),
      kind: fc.constantFrom('purchase', 'renewal', 'usage', 'return', 'revocation'),
      credits: count,
      occurredAt: instant,
      balanceAfter: orNull(count),
      paymentId: orNull(id('ch_')),
      generationId: orNull(id('gen_')),
    } as const)
    .map(entry),
  { maxLength: 5, selector: (record) => record.id },
);
const inOrder = (all: BookEntry[]): BookEntry[] =>
  all.toSorted((a, b) => byInstantThenId(a.occurredAt, a.id, b.occurredAt, b.id));
const generations = fc.uniqueArray(
  fc
    .record({
      id: id('gen_'),
      status: fc.constantFrom('failed', 'succeeded', 'running'),
      startedAt: instant,
      finishedAt: maybe,
    } as const)
    .map(generation),
  { maxLength: 3, selector: (record) => record.id },
);
const subscriptions = fc.uniqueArray(
  fc.record({ id: id('sub_'), cancelAt: maybe, endedAt: maybe }).map(subscription),
  { maxLength: 2, selector: (record) => record.id },
);
const setupAttempts = fc.uniqueArray(
  fc
    .record({ id: id('sa_'), at: instant, status: fc.constantFrom('failed', 'succeeded') } as const)
    .map(setupAttempt),
  { maxLength: 5, selector: (record) => record.id },
);
const books: fc.Arbitrary<Book> = fc
  .record({
    customer: fc
      .record({ createdAt: instant, reportedBalance: orNull(count), reportedBalanceAt: maybe })
      .map(customer),
    payments,
    refunds,
    entries: entries.map(inOrder),
    generations,
    subscriptions,
    setupAttempts,
    invoices: fc.uniqueArray(fc.record({ id: id('in_'), createdAt: instant }).map(invoice), {
      maxLength: 2,
      selector: (record) => record.id,
    }),
  })
  .map(book);
const worlds = fc.record({
  policies: orNull(instant).map((appliesFrom) =>
    appliesFrom === null
      ? []
      : [{ appliesFrom, policy: { ...DEFAULT_POLICY, duplicateWindow: 1, refundBusinessDays: 2 } }],
  ),
  streams: fc.record({ payments: maybe, invoices: maybe, ledger: maybe, generations: maybe }),
});

it('findings stay as they are until nextCheck, with no new record', () => {
  fc.assert(
    fc.property(
      books,
      worlds,
      instant,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (records, world, asOf, share) => {
        const { nextCheck, ...before } = evaluate(records, world, asOf);
        const last = (nextCheck ?? asOf + 100 * DAY) - 1;
        expect(nextCheck ?? Infinity).toBeGreaterThan(asOf);
        for (const later of [last, asOf + Math.floor(share * (last - asOf))]) {
          const { nextCheck: after, ...still } = evaluate(records, world, later);
          expect(still).toEqual(before);
          expect(after).toBe(nextCheck);
        }
      },
    ),
    { numRuns: 1_500 },
  );
});
