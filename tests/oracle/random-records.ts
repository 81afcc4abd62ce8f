import fc from 'fast-check';
import type { BookRecord } from '#app/domain/book/records.ts';
import {
  DISPUTE_STATUSES,
  ENTRY_KINDS,
  GENERATION_KINDS,
  GENERATION_STATUSES,
  INVOICE_STATUSES,
  PAYMENT_PURPOSES,
  PAYMENT_STATUSES,
  REFUND_STATUSES,
  RESOLUTIONS,
  SETUP_STATUSES,
  SUBSCRIPTION_STATUSES,
} from '#app/domain/book/records.ts';
import {
  customerLine,
  entryLine,
  generationLine,
  invoiceLine,
  paymentLine,
  refundLine,
  setupLine,
  subscriptionLine,
} from '#tests/oracle/blank-records.ts';
import {
  amountPaid,
  creditsBought,
  currency,
  customerId,
  entryId,
  generationId,
  instants,
  invoiceId,
  orNull,
  paymentId,
  refundId,
  setupId,
  subscriptionId,
} from '#tests/oracle/random-values.ts';

/** Tiers that the default card lists, one that it does not, and one that every object inherits. */
const tier = fc.constantFrom('standard', 'standard', 'pro', 'ultra', 'toString');

const CREDITS_AT_LEAST_0 = ['purchase', 'renewal', 'upgrade', 'return'];

const anyCustomer = (asOf: number): fc.Arbitrary<BookRecord> =>
  fc
    .record({
      id: customerId,
      createdAt: instants(asOf),
      reportedBalance: orNull(fc.constantFrom(0, -5, 3, 100, 5000)),
      reportedBalanceAt: orNull(instants(asOf), 5),
    })
    .map(customerLine);

const anySubscription = (asOf: number): fc.Arbitrary<BookRecord> =>
  fc
    .record({
      id: subscriptionId,
      customerId,
      plan: fc.constantFrom('pro', 'team'),
      status: fc.constantFrom(...SUBSCRIPTION_STATUSES),
      currentPeriodStart: instants(asOf),
      cancelAt: orNull(instants(asOf)),
      endedAt: orNull(instants(asOf)),
    })
    .map(subscriptionLine);

/** A payment in which every field is drawn without regard to the others. */
export const anyPayment = (asOf: number): fc.Arbitrary<BookRecord> =>
  fc
    .record({
      id: paymentId,
      customerId,
      purpose: fc.constantFrom(...PAYMENT_PURPOSES),
      product: orNull(fc.constantFrom('pack-a', 'pack-b'), 1),
      credits: orNull(creditsBought, 5),
      amount: amountPaid,
      currency,
      status: fc.constantFrom('succeeded' as const, 'succeeded' as const, ...PAYMENT_STATUSES),
      createdAt: instants(asOf),
      capturedAt: orNull(instants(asOf), 5),
      amountCaptured: orNull(amountPaid, 1),
      amountRefunded: orNull(amountPaid, 1),
      refundedAt: orNull(instants(asOf), 1),
      disputeStatus: orNull(fc.constantFrom(...DISPUTE_STATUSES), 1),
      invoiceId: orNull(invoiceId, 1),
      subscriptionId: orNull(subscriptionId, 1),
      periodStart: orNull(instants(asOf), 1),
    })
    .map(paymentLine);

const anyRefund = (asOf: number): fc.Arbitrary<BookRecord> =>
  fc
    .record({
      id: refundId,
      customerId,
      paymentId,
      amount: amountPaid,
      currency,
      status: fc.constantFrom(...REFUND_STATUSES),
      createdAt: instants(asOf),
    })
    .map(refundLine);

const anyInvoice = (asOf: number): fc.Arbitrary<BookRecord> =>
  fc
    .record({
      id: invoiceId,
      customerId,
      status: fc.constantFrom(...INVOICE_STATUSES),
      createdAt: instants(asOf),
      paymentIds: fc.array(paymentId, { maxLength: 3 }),
    })
    .map(invoiceLine);

/** An entry whose sign fits its kind and whose references may lead anywhere. */
export const anyEntry = (asOf: number): fc.Arbitrary<BookRecord> =>
  fc
    .record({
      id: entryId,
      customerId,
      kind: fc.constantFrom(...ENTRY_KINDS),
      credits: creditsBought,
      minus: fc.boolean(),
      occurredAt: instants(asOf),
      sequence: fc.constantFrom(0, 0, -1, 1, 2, 10),
      balanceAfter: orNull(fc.constantFrom(0, -3, 3, 100, 5000), 1),
      paymentId: orNull(paymentId, 1),
      generationId: orNull(generationId, 1),
    })
    .map(({ minus, ...entry }) => {
      const positive = CREDITS_AT_LEAST_0.includes(entry.kind);
      const negative = entry.kind === 'adjustment' ? minus : !positive;
      // `0 -` instead of a sign: -0 is not what any book holds.
      return entryLine({ ...entry, credits: negative ? 0 - entry.credits : entry.credits });
    });

/** A generation in which every field is drawn without regard to the others. */
export const anyGeneration = (asOf: number): fc.Arbitrary<BookRecord> =>
  fc
    .record({
      id: generationId,
      customerId,
      kind: fc.constantFrom(...GENERATION_KINDS),
      tier,
      resolution: orNull(fc.constantFrom(...RESOLUTIONS)),
      durationSeconds: orNull(fc.constantFrom(0.001, 1, 1.5, 2, 10)),
      count: orNull(fc.constantFrom(1, 2, 4)),
      status: fc.constantFrom(...GENERATION_STATUSES),
      startedAt: instants(asOf),
      finishedAt: orNull(instants(asOf), 4),
    })
    .map(generationLine);

const anySetup = (asOf: number): fc.Arbitrary<BookRecord> =>
  fc
    .record({
      id: setupId,
      customerId,
      at: instants(asOf),
      status: fc.constantFrom(...SETUP_STATUSES),
    })
    .map(setupLine);

const anyMember = fc.constantFrom('c1', 'c2', 'c-member-only').map((owner): BookRecord => ({
  type: 'member',
  record: { id: 'm1', customerId: owner, name: 'Member', email: 'm@example.test' },
}));

/** One record of any type but watermark, unrelated to the rest save by the chance of its ids. */
export const anyRecord = (asOf: number): fc.Arbitrary<BookRecord> =>
  fc.oneof(
    anyCustomer(asOf),
    anySubscription(asOf),
    anyPayment(asOf),
    anyRefund(asOf),
    anyInvoice(asOf),
    anyEntry(asOf),
    anyGeneration(asOf),
    anySetup(asOf),
    anyMember,
  );
