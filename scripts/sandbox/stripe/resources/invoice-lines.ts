import { z } from 'zod';
import type { Invoice, InvoiceLine } from '#scripts/sandbox/stripe/entities.ts';
import { emit } from '#scripts/sandbox/stripe/events.ts';
import { render } from '#scripts/sandbox/stripe/objects/render.ts';
import { fail, refuse } from '#scripts/sandbox/stripe/protocol/errors.ts';
import {
  clearable,
  common,
  integer,
  listOf,
  metadata,
  paging,
  text,
  oneOf,
} from '#scripts/sandbox/stripe/protocol/fields.ts';
import { route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import type { Route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import { mergeMetadata, need, pageOf } from '#scripts/sandbox/stripe/resources/reads.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';
import { chargeIdOf } from '#scripts/sandbox/stripe/objects/charge.ts';

const lineFields = {
  amount: integer.optional(),
  description: clearable.optional(),
  metadata: metadata.optional(),
  quantity: integer.optional(),
};
type GivenLine = z.output<z.ZodObject<typeof lineFields>>;

const addLines = (world: World, invoice: Invoice, given: readonly GivenLine[]): Invoice => {
  if (invoice.status !== 'draft')
    throw fail({
      code: 'invoice_not_editable',
      message: `Invoice ${invoice.id} is no longer a draft: its lines cannot change.`,
    });
  const lines = given.map((line): InvoiceLine => {
    if (line.amount === undefined)
      throw refuse({
        code: 'parameter_missing',
        param: 'amount',
        message: 'Missing required param: amount.',
      });
    return {
      id: world.newId('il'),
      amount: line.amount,
      description: line.description ?? null,
      quantity: line.quantity ?? 1,
      metadata: mergeMetadata({}, line.metadata),
    };
  });
  return world.change('invoice', invoice, { lines: [...invoice.lines, ...lines] });
};

const addToInvoice = route(
  'POST',
  '/v1/invoices/{id}/add_lines',
  z.strictObject({
    ...common,
    lines: listOf(z.strictObject(lineFields)),
    invoice_metadata: metadata.optional(),
  }),
  ({ world, id, input, request }) => {
    const row = addLines(world, need(world, 'invoice', id), input.lines);
    emit(world, 'invoice.updated', { kind: 'invoice', row }, request);
    return render(world, 'invoice', row);
  },
);

/** The invoice item that has made a line of an invoice. */
const itemObject = (invoice: Invoice, line: InvoiceLine) => ({
  id: `ii_${line.id.slice(3)}`,
  object: 'invoiceitem',
  amount: line.amount,
  currency: invoice.currency,
  customer: invoice.customer,
  customer_account: null,
  date: invoice.created,
  description: line.description,
  discountable: true,
  discounts: [],
  invoice: invoice.id,
  livemode: false,
  metadata: line.metadata,
  parent: null,
  period: { end: invoice.created, start: invoice.created },
  pricing: {
    price_details: { price: 'price_sandbox', product: 'prod_sandbox' },
    type: 'price_details',
    unit_amount_decimal: String(line.amount),
  },
  proration: false,
  quantity: line.quantity,
  quantity_decimal: String(line.quantity),
  tax_rates: [],
  test_clock: null,
});

const createItem = route(
  'POST',
  '/v1/invoiceitems',
  z.strictObject({
    ...common,
    ...lineFields,
    customer: text,
    currency: text.optional(),
    invoice: text,
  }),
  ({ world, input, request }) => {
    const invoice = need(world, 'invoice', input.invoice, 'invoice');
    if (invoice.customer !== need(world, 'customer', input.customer, 'customer').id)
      throw fail({
        param: 'invoice',
        message: 'The invoice does not belong to the customer.',
      });
    if (input.currency !== undefined && input.currency !== invoice.currency)
      throw fail({
        param: 'currency',
        message: `The currency of the invoice is ${invoice.currency}.`,
      });
    const row = addLines(world, invoice, [input]);
    emit(world, 'invoice.updated', { kind: 'invoice', row }, request);
    // addLines has just appended one.
    return itemObject(row, row.lines.at(-1)!);
  },
);

const PAYMENTS = '/v1/invoice_payments';

const listPayments = route(
  'GET',
  PAYMENTS,
  z.strictObject({
    ...paging,
    invoice: text.optional(),
    status: oneOf(['canceled', 'open', 'paid']).optional(),
    payment: z.strictObject({ type: oneOf(['payment_intent']), payment_intent: text }).optional(),
  }),
  ({ world, input: { invoice, payment, status, ...paged } }) => {
    const charge = payment && chargeIdOf(payment.payment_intent);
    return pageOf(
      world,
      PAYMENTS,
      'invoicePayment',
      paged,
      (row) =>
        (invoice === undefined || row.invoice === invoice) &&
        (charge === undefined || row.charge === charge) &&
        (status === undefined || status === 'paid'),
    );
  },
);

const retrievePayment = route('GET', `${PAYMENTS}/{id}`, z.strictObject(common), ({ world, id }) =>
  render(world, 'invoicePayment', need(world, 'invoicePayment', id)),
);

export const invoiceLineRoutes: Route[] = [addToInvoice, createItem, listPayments, retrievePayment];
