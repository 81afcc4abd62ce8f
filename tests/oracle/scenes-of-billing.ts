import fc from 'fast-check';
import type { BookRecord } from '#app/domain/book/records.ts';
import { REFUND_STATUSES, SUBSCRIPTION_STATUSES } from '#app/domain/book/records.ts';
import {
  invoiceLine,
  paymentLine,
  refundLine,
  setupLine,
  subscriptionLine,
} from '#tests/oracle/blank-records.ts';
import {
  around,
  customerId,
  HOUR,
  instants,
  invoiceId,
  MINUTE,
  orNull,
  paymentId,
  refundId,
  setupId,
  subscriptionId,
} from '#tests/oracle/random-values.ts';

/*
 * Scenes of subscriptions, invoices, refunds and failing cards.
 */
type Scene = fc.Arbitrary<BookRecord[]>;

/** A subscription that ends, or seems to, and renewals for periods on either side of its end. */
export const renewals = (asOf: number): Scene =>
  fc
    .record({
      customerId,
      id: subscriptionId,
      status: fc.constantFrom(...SUBSCRIPTION_STATUSES),
      cancelAt: orNull(instants(asOf)),
      endedAt: orNull(instants(asOf)),
      paid: fc.array(
        fc.record({
          id: paymentId,
          captured: instants(asOf),
          period: fc.constantFrom('any', 'null', 'at the end', 'just before', 'at the end'),
          periodStart: instants(asOf),
          disputeStatus: fc.constantFrom(null, null, null, 'won', 'inquiry', 'open'),
          amountRefunded: fc.constantFrom(null, null, null, 4900, 1),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ paid, ...subscription }) => {
      const end = subscription.endedAt ?? subscription.cancelAt ?? asOf;
      const starts = { null: null, 'at the end': end, 'just before': end - 1 };
      return [
        subscriptionLine({ ...subscription, currentPeriodStart: asOf }),
        ...paid.map(({ id, captured, period, periodStart, ...payment }) =>
          paymentLine({
            ...payment,
            id,
            customerId: subscription.customerId,
            purpose: 'renewal',
            createdAt: captured,
            capturedAt: captured,
            subscriptionId: subscription.id,
            periodStart: period === 'any' ? periodStart : starts[period],
          }),
        ),
      ];
    });

/** Subscriptions of one plan that begin at nearly one instant. */
export const subscriptions = (asOf: number): Scene =>
  fc
    .record({
      customerId,
      each: fc.array(
        fc.record({
          id: subscriptionId,
          plan: fc.constantFrom('pro', 'pro', 'team'),
          status: fc.constantFrom('active', 'trialing', 'past_due', ...SUBSCRIPTION_STATUSES),
          currentPeriodStart: around(0, HOUR).map((off) => asOf + off),
        }),
        { minLength: 2, maxLength: 3 },
      ),
    })
    .map(({ customerId: owner, each }) =>
      each.map((one) => subscriptionLine({ ...one, customerId: owner })),
    );

/** A payment and the invoice that it names, that names it, or that does neither. */
export const invoiced = (asOf: number): Scene =>
  fc
    .record({
      customerId,
      otherOwner: fc.constantFrom(null, null, null, 'c2'),
      id: paymentId,
      captured: instants(asOf),
      amount: fc.constantFrom(4900, 4900, 0, 1),
      names: orNull(invoiceId),
      invoice: fc.record({
        id: invoiceId,
        createdAt: instants(asOf),
        status: fc.constantFrom('paid', 'void'),
        paymentIds: fc.array(paymentId, { maxLength: 2 }),
      }),
      withInvoice: fc.boolean(),
    })
    .map((scene) => [
      paymentLine({
        id: scene.id,
        customerId: scene.customerId,
        amount: scene.amount,
        createdAt: scene.captured,
        capturedAt: scene.captured,
        invoiceId: scene.names,
      }),
      ...(scene.withInvoice
        ? [invoiceLine({ ...scene.invoice, customerId: scene.otherOwner ?? scene.customerId })]
        : []),
    ]);

/** Refunds of one payment, some failed, some on their way for longer or shorter than promised. */
export const refunds = (asOf: number): Scene =>
  fc
    .record({
      customerId,
      paymentId,
      each: fc.array(
        fc.record({
          id: refundId,
          amount: fc.constantFrom(900, 900, 899, 901),
          status: fc.constantFrom('failed', 'failed', ...REFUND_STATUSES),
          createdAt: instants(asOf),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ customerId: owner, paymentId: of, each }) =>
      each.map((one) => refundLine({ ...one, customerId: owner, paymentId: of })),
    );

/** Failures at the edges of a day's window, and perhaps a success beside the latest of them. */
export const failures = (asOf: number): Scene =>
  fc
    .record({
      customerId,
      payments: fc.uniqueArray(paymentId, { minLength: 2, maxLength: 5 }),
      setups: fc.uniqueArray(setupId, { minLength: 2, maxLength: 5 }),
      backs: fc.array(around(24 * HOUR, HOUR, MINUTE, 23 * HOUR), { minLength: 5, maxLength: 5 }),
      success: orNull(around(0, HOUR, MINUTE), 1),
      cards: fc.boolean(),
    })
    .map(({ customerId: owner, payments, setups, backs, success, cards }) =>
      (cards ? setups : payments).map((id, index) => {
        const good = index === 0 && success !== null;
        const at = asOf - (good ? success : (backs[index] ?? 0));
        if (cards) {
          return setupLine({ id, customerId: owner, at, status: good ? 'succeeded' : 'failed' });
        }
        return paymentLine({
          id,
          customerId: owner,
          createdAt: at,
          capturedAt: good ? at : null,
          status: good ? 'succeeded' : 'failed',
        });
      }),
    );
