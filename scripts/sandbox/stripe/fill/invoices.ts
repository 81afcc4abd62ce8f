import type { Invoice, Payment } from '#app/domain/book/records.ts';
import { addressOf, taxTypeOf } from '#scripts/sandbox/stripe/fill/customers.ts';
import { byTime, stripeCustomerOf, toSeconds } from '#scripts/sandbox/stripe/fill/shelf.ts';
import type { Shelf } from '#scripts/sandbox/stripe/fill/shelf.ts';
import { draft } from '#scripts/sandbox/stripe/resources/invoices.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

const putInvoice = (world: World, record: Invoice, customer: string): void => {
  const { billTo, status } = record;
  const created = toSeconds(record.createdAt);
  const finalizedAt = record.finalizedAt === null ? null : toSeconds(record.finalizedAt);
  const settled = finalizedAt ?? created;
  world.put('invoice', {
    ...draft(world, customer, record.currency),
    id: record.id,
    created,
    status,
    number: record.number,
    lines: [
      {
        id: `il_${record.id.slice(3)}`,
        amount: record.total,
        description: 'Credits',
        quantity: 1,
        metadata: {},
      },
    ],
    metadata: { customer_id: record.customerId },
    subscription: record.subscriptionId,
    revises: record.revisionOf,
    frozen: {
      name: billTo.name,
      email: billTo.email ?? null,
      phone: null,
      address: addressOf(billTo.address),
      taxIds: billTo.taxId ? [{ type: taxTypeOf(billTo.taxId), value: billTo.taxId }] : [],
    },
    amountPaid: status === 'paid' ? Math.max(0, record.total) : 0,
    paidOutOfBand: status === 'paid' && record.paymentIds.length === 0,
    finalizedAt,
    paidAt: status === 'paid' ? settled : null,
    voidedAt: status === 'void' ? settled : null,
    uncollectibleAt: status === 'uncollectible' ? settled : null,
  });
};

const putPayment = (world: World, invoice: Invoice, payment: Payment): void => {
  const id = `inpay_${payment.id.slice(3)}_${invoice.id.slice(3)}`;
  world.put('invoicePayment', {
    id,
    created: toSeconds(payment.capturedAt ?? payment.createdAt),
    invoice: invoice.id,
    charge: payment.id,
    amount: payment.amountCaptured ?? payment.amount,
  });
};

/** Makes invoices and ties them to the charges that either of the two sides names. */
export const fillInvoices = (world: World, shelf: Shelf): void => {
  for (const record of byTime(shelf.invoice, ({ createdAt }) => createdAt)) {
    putInvoice(world, record, stripeCustomerOf(shelf, record.customerId));
    const revised =
      record.revisionOf === null ? undefined : world.get('invoice', record.revisionOf);
    if (revised) world.change('invoice', revised, { latestRevision: record.id });
    for (const id of record.paymentIds) {
      const payment = shelf.payment.get(id);
      if (payment) putPayment(world, record, payment);
    }
  }
  for (const payment of shelf.payment.values()) {
    const invoice = shelf.invoice.get(payment.invoiceId ?? '');
    if (invoice && !invoice.paymentIds.includes(payment.id)) putPayment(world, invoice, payment);
  }
};

/** What a subscription costs is what its latest renewal cost. */
const latestRenewals = (shelf: Shelf): Map<string, Payment> => {
  const latest = new Map<string, Payment>();
  for (const payment of byTime(shelf.payment, ({ createdAt }) => createdAt))
    if (payment.subscriptionId !== null) latest.set(payment.subscriptionId, payment);
  return latest;
};

export const fillSubscriptions = (world: World, shelf: Shelf): void => {
  const renewals = latestRenewals(shelf);
  for (const record of shelf.subscription.values()) {
    const renewal = renewals.get(record.id);
    const canceled = record.cancelAt ?? record.endedAt;
    world.put('subscription', {
      id: record.id,
      created: toSeconds(record.currentPeriodStart),
      customer: stripeCustomerOf(shelf, record.customerId),
      plan: record.plan,
      creditsPerPeriod: record.creditsPerPeriod,
      currency: renewal?.currency ?? 'usd',
      amount: renewal?.amount ?? 0,
      status: record.status,
      periodStart: toSeconds(record.currentPeriodStart),
      periodEnd: toSeconds(record.currentPeriodEnd),
      cancelAt: record.cancelAt === null ? null : toSeconds(record.cancelAt),
      canceledAt: canceled === null ? null : toSeconds(canceled),
      endedAt: record.endedAt === null ? null : toSeconds(record.endedAt),
      metadata: { customer_id: record.customerId },
    });
  }
};
