import type {
  Customer,
  Entities,
  FrozenCustomer,
  Invoice,
} from '#scripts/sandbox/stripe/entities.ts';
import {
  chargeIdOf,
  chargeObject,
  transactionIdOf,
  transactionObject,
} from '#scripts/sandbox/stripe/objects/charge.ts';
import { creditNoteObject } from '#scripts/sandbox/stripe/objects/credit-note.ts';
import {
  customerObject,
  setupAttemptObject,
  setupIntentObject,
  taxIdObject,
} from '#scripts/sandbox/stripe/objects/customer.ts';
import { invoiceObject, invoicePaymentObject } from '#scripts/sandbox/stripe/objects/invoice.ts';
import { paymentIntentObject } from '#scripts/sandbox/stripe/objects/payment-intent.ts';
import { refundObject } from '#scripts/sandbox/stripe/objects/refund.ts';
import { disputeObject, subscriptionObject } from '#scripts/sandbox/stripe/objects/subscription.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

export type RenderedKind = Exclude<keyof Entities, 'event'>;

const must = <T>(row: T | undefined, what: string): T => {
  if (row === undefined) throw new Error(`the local Stripe lost ${what}`);
  return row;
};

/** The customer as invoices say it: now, for a draft. */
export const asBilled = (world: World, customer: Customer): FrozenCustomer => ({
  name: customer.name,
  email: customer.email,
  phone: customer.phone,
  address: customer.address,
  taxIds: world
    .all('taxId')
    .filter((taxId) => taxId.customer === customer.id)
    .map(({ type, value }) => ({ type, value })),
});

const renderInvoice = (world: World, invoice: Invoice) =>
  invoiceObject(invoice, {
    customer:
      invoice.frozen ??
      asBilled(world, must(world.get('customer', invoice.customer), invoice.customer)),
    notes: world.all('creditNote').filter((note) => note.invoice === invoice.id),
    attempts: invoice.amountPaid > 0 && !invoice.paidOutOfBand ? 1 : 0,
  });

const RENDERERS: { [K in RenderedKind]: (world: World, row: Entities[K]) => object } = {
  customer: (_world, row) => customerObject(row),
  taxId: (_world, row) => taxIdObject(row),
  charge: (world, row) =>
    chargeObject(row, world.all('dispute').find((each) => each.charge === row.id) ?? null),
  refund: (world, row) => {
    const whole = refundObject(row, must(world.get('charge', row.charge), row.charge));
    return {
      ...whole,
      ...(world.careless.has('nameless_refunds') ? { charge: null, payment_intent: null } : {}),
      ...(world.careless.has('no_currency') ? { currency: undefined } : {}),
    };
  },
  invoice: renderInvoice,
  invoicePayment: (world, row) =>
    invoicePaymentObject(row, must(world.get('invoice', row.invoice), row.invoice)),
  creditNote: (_world, row) => creditNoteObject(row),
  subscription: (_world, row) => subscriptionObject(row),
  dispute: (_world, row) => disputeObject(row),
  setupIntent: (world, row) =>
    setupIntentObject(
      row,
      world.all('setupAttempt').findLast((attempt) => attempt.intent === row.id) ?? null,
    ),
  setupAttempt: (_world, row) => setupAttemptObject(row),
};

/** The object of the API that stands for a row. */
export const render = <K extends RenderedKind>(world: World, kind: K, row: Entities[K]): object =>
  RENDERERS[kind](world, row);

const KIND_OF_PREFIX: Record<string, RenderedKind> = {
  cus: 'customer',
  txi: 'taxId',
  ch: 'charge',
  re: 'refund',
  in: 'invoice',
  inpay: 'invoicePayment',
  cn: 'creditNote',
  sub: 'subscription',
  dp: 'dispute',
  seti: 'setupIntent',
  setatt: 'setupAttempt',
};

/** The balance transaction of a captured charge or of a refund, by its own id. */
export const renderTransaction = (world: World, id: string): object | null => {
  const tail = id.slice('txn_'.length);
  const charge = world.get('charge', `ch_${tail}`);
  if (charge?.captured)
    return transactionObject({
      ...charge,
      source: charge.id,
      amount: charge.amountCaptured,
      created: charge.capturedAt ?? charge.created,
      type: 'charge',
    });
  const refund = world.get('refund', `re_${tail}`);
  if (!refund || transactionIdOf(refund.id) !== id) return null;
  return transactionObject({
    ...refund,
    source: refund.id,
    amount: -refund.amount,
    type: 'refund',
  });
};

/** Any object by its id alone, told by its prefix; null: there is none. */
export const renderById = (world: World, id: string): object | null => {
  const prefix = id.split('_', 1)[0] ?? '';
  if (prefix === 'txn') return renderTransaction(world, id);
  if (prefix === 'pi') {
    const charge = world.get('charge', chargeIdOf(id));
    return charge ? paymentIntentObject(charge) : null;
  }
  const kind = KIND_OF_PREFIX[prefix];
  const row = kind && world.get(kind, id);
  return kind && row ? render(world, kind, row) : null;
};
