import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import type { BookRecord, RecordByType, RecordType } from '#app/domain/book/records.ts';
import { customerRecord } from '#app/integrations/stripe/records/customer-record.ts';
import { invoiceRecord } from '#app/integrations/stripe/records/invoice-record.ts';
import { paymentRecord } from '#app/integrations/stripe/records/payment-record.ts';
import { refundRecord } from '#app/integrations/stripe/records/refund-record.ts';
import { setupAttemptRecord } from '#app/integrations/stripe/records/setup-attempt-record.ts';
import { subscriptionRecord } from '#app/integrations/stripe/records/subscription-record.ts';
import { DEMO_CASES } from '#scripts/demo-book/cases/cases.ts';
import { demoBookLines } from '#scripts/demo-book/book-lines.ts';
import { parseLine } from '#app/domain/book/parse-line.ts';
import { chargeIdOf } from '#scripts/sandbox/stripe/objects/charge.ts';
import { localStripe } from '#tests/support/local-stripe.ts';

const NOW = Date.parse('2026-11-20T10:00:00.000Z');
const STRIPES: readonly RecordType[] = [
  'customer',
  'payment',
  'refund',
  'invoice',
  'subscription',
  'setupAttempt',
];

const demoRecords = (): BookRecord[] => {
  const records: BookRecord[] = [];
  for (const line of demoBookLines({ now: NOW, seed: 'redress', customers: 0 })) {
    const parsed = parseLine(line);
    if ('ok' in parsed && STRIPES.includes(parsed.ok.type)) records.push(parsed.ok);
  }
  return records;
};

const of = <T extends RecordType>(records: BookRecord[], type: T): RecordByType[T][] =>
  records.flatMap((each) => (each.type === type ? [each.record as RecordByType[T]] : [])); // of this type

/** Stripe counts whole seconds. */
const inSeconds = <T extends object>(record: T): T =>
  // Every number above this is an instant in these records; the form stays.
  JSON.parse(JSON.stringify(record), (_key, value: unknown) =>
    typeof value === 'number' && value > 1e12 ? Math.floor(value / 1000) * 1000 : value,
  ) as T;

describe('what a book says of Stripe comes back from Stripe', () => {
  const records = demoRecords();

  it('has a story of every kind to tell', () => {
    expect(DEMO_CASES.length).toBeGreaterThan(20);
    for (const type of STRIPES) expect(of(records, type).length).toBeGreaterThan(0);
  });

  it('customers and payments', async () => {
    const { client } = await localStripe({ records, now: () => NOW });
    for (const record of of(records, 'customer').filter((each) => each.stripeCustomerId !== null)) {
      const customer = await client.customers.retrieve(record.stripeCustomerId ?? '');
      if (customer.deleted) throw new Error('a customer is gone');
      expect(customerRecord(customer, inSeconds(record))).toEqual(inSeconds(record));
    }
    const disputes = (await client.disputes.list({ limit: 100 })).data;
    const refunds = (await client.refunds.list({ limit: 100 })).data;
    const chosen = of(records, 'payment').filter(
      ({ id }, index) => !id.startsWith('ch_3') || index % 40 === 0,
    );
    for (const record of chosen) {
      const charge = await client.charges.retrieve(record.id, { expand: ['balance_transaction'] });
      const mapped = paymentRecord(charge, {
        customerId: charge.metadata['customer_id'] ?? '',
        disputes: disputes.filter((each) => each.charge === record.id),
        refunds: refunds.filter((each) => each.charge === record.id),
        invoiceId: record.invoiceId,
        subscriptionId: record.subscriptionId,
      });
      const captured = record.status === 'succeeded';
      expect(mapped).toEqual({
        ...inSeconds(record),
        // In metadata, which keeps the milliseconds.
        periodStart: record.periodStart,
        amountCaptured: captured ? (record.amountCaptured ?? record.amount) : null,
        amountRefunded: captured ? (record.amountRefunded ?? 0) : null,
        cardBrand: record.cardBrand ?? 'visa',
        cardLast4: record.cardLast4 ?? '4242',
      });
    }
  });

  it('refunds, subscriptions, invoices and card setups', async () => {
    const { client } = await localStripe({ records, now: () => NOW });
    for (const record of of(records, 'refund')) {
      const refund = await client.refunds.retrieve(record.id);
      expect(refundRecord(refund, record.customerId)).toEqual(inSeconds(record));
    }
    for (const record of of(records, 'subscription')) {
      const subscription = await client.subscriptions.retrieve(record.id);
      expect(subscriptionRecord(subscription, record.customerId)).toEqual(inSeconds(record));
    }
    const known = new Set(of(records, 'payment').map(({ id }) => id));
    const invoices = of(records, 'invoice').filter(
      ({ id }, index) => !id.startsWith('in_1') || index % 40 === 0,
    );
    for (const record of invoices) {
      const invoice = await client.invoices.retrieve(record.id, { expand: ['payments'] });
      const mapped = invoiceRecord(invoice, {
        customerId: record.customerId,
        chargeOf: chargeIdOf,
      });
      expect(mapped).toEqual({
        ...inSeconds(record),
        paymentIds: record.paymentIds.filter((id) => known.has(id)),
      });
    }
    for (const intent of (await client.setupIntents.list({ limit: 100 })).data) {
      for (const attempt of (await client.setupAttempts.list({ setup_intent: intent.id })).data) {
        const record = of(records, 'setupAttempt').find(({ id }) => id === attempt.id);
        expect(setupAttemptRecord(attempt, record?.customerId ?? '')).toEqual(
          inSeconds(record ?? {}),
        );
      }
    }
  });
});

interface Samples {
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  customer: Stripe.Customer;
  invoice: Stripe.Invoice;
  subscription: Stripe.Subscription;
  setupAttempt: Stripe.SetupAttempt;
  dispute: Stripe.Dispute;
}

describe("Stripe's own sample objects", () => {
  // The samples have the form of the API's objects.
  const samples = JSON.parse(
    readFileSync(join(import.meta.dirname, '../fixtures/stripe-samples.json'), 'utf8'),
  ) as Samples;

  it('map to records of the book format, with each field that the book has', () => {
    const at = 1_234_567_890_000;
    const { charge, refund, customer, invoice, subscription, setupAttempt, dispute } = samples;
    expect(
      paymentRecord(charge, {
        customerId: 'org_1',
        disputes: [dispute],
        refunds: [refund],
        invoiceId: null,
        subscriptionId: null,
      }),
    ).toMatchObject({
      id: 'ch_1PgafuB7WZ01zgkWXYmPNZs8',
      amount: 100,
      currency: 'usd',
      status: 'requires_capture',
      createdAt: at,
      capturedAt: null,
      disputeStatus: 'inquiry',
      cardBrand: 'visa',
      cardLast4: '4242',
      cardFingerprint: 'AOB934RVNwzk6xtn',
    });
    expect(refundRecord(refund, 'org_1')).toEqual({
      id: 're_1Pgc72B7WZ01zgkWqPvrRrPE',
      customerId: 'org_1',
      paymentId: 'ch_1PgafuB7WZ01zgkWXYmPNZs8',
      amount: 100,
      currency: 'usd',
      status: 'succeeded',
      reason: null,
      createdAt: at,
      failureReason: null,
      bankReference: null,
    });
    expect(customerRecord(customer)).toMatchObject({
      id: 'cus_QXg1o8vcGmoR32',
      stripeCustomerId: 'cus_QXg1o8vcGmoR32',
      createdAt: at,
    });
    expect(invoiceRecord(invoice, { customerId: 'org_1', chargeOf: () => null })).toEqual({
      id: 'in_1Pgc6tB7WZ01zgkWu9fdqL6I',
      customerId: 'org_1',
      number: null,
      status: 'draft',
      total: 1_000,
      currency: 'usd',
      createdAt: at,
      finalizedAt: null,
      paymentIds: [],
      billTo: { name: '', email: null, address: null, taxId: null },
      subscriptionId: 'subscription',
      revisionOf: null,
    });
    expect(subscriptionRecord(subscription, 'org_1')).toMatchObject({
      id: 'sub_1Pgc6rB7WZ01zgkWNy0Cn5nw',
      plan: 'price_1PgafmB7WZ01zgkW6dKueIc5',
      status: 'active',
      currentPeriodStart: 1_896_570_518_000,
      currentPeriodEnd: 976_287_773_000,
      cancelAt: at,
      endedAt: at,
    });
    expect(setupAttemptRecord(setupAttempt, 'org_1')).toEqual({
      id: 'setatt_123456789012345678901234',
      customerId: 'org_1',
      at,
      status: 'succeeded',
      failureCode: null,
      declineCode: null,
      cardBrand: null,
      cardFunding: null,
    });
  });
});
