import type {
  CreditNote,
  FrozenCustomer,
  Invoice,
  InvoiceLine,
  InvoicePayment,
} from '#scripts/sandbox/stripe/entities.ts';
import { intentIdOf } from '#scripts/sandbox/stripe/objects/charge.ts';
import { listObject } from '#scripts/sandbox/stripe/protocol/lists.ts';

export const totalOf = ({ lines }: { lines: readonly InvoiceLine[] }): number =>
  lines.reduce((sum, line) => sum + line.amount, 0);

/** Whole amounts divide into whole parts, or into parts with up to twelve decimals, as Stripe sends them. */
const decimalOf = (line: InvoiceLine): string =>
  Number.isInteger(line.amount / line.quantity)
    ? String(line.amount / line.quantity)
    : (line.amount / line.quantity).toFixed(12).replace(/0+$/, '');

const parentOf = (invoice: Invoice, line: InvoiceLine) =>
  invoice.subscription === null
    ? {
        invoice_item_details: {
          invoice_item: `ii_${line.id.slice(3)}`,
          proration: false,
          proration_details: { credited_items: null },
          subscription: null,
        },
        subscription_item_details: null,
        type: 'invoice_item_details',
      }
    : {
        invoice_item_details: null,
        subscription_item_details: {
          invoice_item: null,
          proration: false,
          proration_details: { credited_items: null },
          subscription: invoice.subscription,
          subscription_item: `si_${invoice.subscription.slice(4)}`,
        },
        type: 'subscription_item_details',
      };

export const lineObject = (invoice: Invoice, line: InvoiceLine) => ({
  id: line.id,
  object: 'line_item',
  amount: line.amount,
  currency: invoice.currency,
  description: line.description,
  discount_amounts: [],
  discountable: true,
  discounts: [],
  invoice: invoice.id,
  livemode: false,
  metadata: line.metadata,
  parent: parentOf(invoice, line),
  period: { end: invoice.created, start: invoice.created },
  pretax_credit_amounts: [],
  pricing: {
    price_details: { price: 'price_sandbox', product: 'prod_sandbox' },
    type: 'price_details',
    unit_amount_decimal: decimalOf(line),
  },
  quantity: line.quantity,
  quantity_decimal: String(line.quantity),
  subscription: invoice.subscription,
  subtotal: line.amount,
  taxes: [],
});

export const linesUrl = (invoice: Invoice): string => `/v1/invoices/${invoice.id}/lines`;

export interface InvoiceSurroundings {
  customer: FrozenCustomer;
  notes: readonly CreditNote[];
  attempts: number;
}

const parent = ({ subscription }: Invoice) =>
  subscription === null
    ? null
    : {
        quote_details: null,
        subscription_details: { metadata: {}, subscription },
        type: 'subscription_details',
      };

const links = ({ id, status }: Invoice) => {
  const link = status === 'draft' ? null : `https://invoice.stripe.com/i/acct_sandbox/${id}`;
  return { hosted_invoice_url: link, invoice_pdf: link && `${link}/pdf?s=ap` };
};

const amounts = (invoice: Invoice, notes: readonly CreditNote[]) => {
  const total = totalOf(invoice);
  const issued = notes.filter(({ status }) => status === 'issued');
  const sum = (part: 'prePayment' | 'postPayment'): number =>
    issued.reduce((so, note) => so + note[part], 0);
  const due = Math.max(0, total - sum('prePayment'));
  return {
    amount_due: due,
    amount_overpaid: 0,
    amount_paid: invoice.amountPaid,
    ...(invoice.paidOutOfBand ? { amount_paid_off_stripe: due } : {}),
    amount_remaining: Math.max(0, due - invoice.amountPaid),
    amount_shipping: 0,
    post_payment_credit_notes_amount: sum('postPayment'),
    pre_payment_credit_notes_amount: sum('prePayment'),
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
  };
};

const UNUSED = {
  account_country: 'US',
  account_name: 'Sandbox',
  account_tax_ids: null,
  application: null,
  automatic_tax: {
    disabled_reason: null,
    enabled: false,
    liability: null,
    provider: null,
    status: null,
  },
  automatically_finalizes_at: null,
  custom_fields: null,
  customer_account: null,
  customer_shipping: null,
  customer_tax_exempt: 'none',
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  discounts: [],
  issuer: { type: 'self' },
  last_finalization_error: null,
  livemode: false,
  next_payment_attempt: null,
  on_behalf_of: null,
  payment_settings: {
    default_mandate: null,
    payment_method_options: null,
    payment_method_types: null,
  },
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  statement_descriptor: null,
  test_clock: null,
};

const billedTo = (customer: FrozenCustomer) => ({
  customer_address: customer.address,
  customer_email: customer.email,
  customer_name: customer.name,
  customer_phone: customer.phone,
  customer_tax_ids: customer.taxIds,
});

export const invoiceObject = (
  invoice: Invoice,
  { customer, notes, attempts }: InvoiceSurroundings,
) => ({
  id: invoice.id,
  object: 'invoice',
  ...UNUSED,
  ...amounts(invoice, notes),
  ...billedTo(customer),
  ...links(invoice),
  attempt_count: attempts,
  attempted: attempts > 0,
  auto_advance: invoice.autoAdvance,
  billing_reason: invoice.subscription === null ? 'manual' : 'subscription_cycle',
  collection_method: invoice.collection,
  created: invoice.created,
  currency: invoice.currency,
  customer: invoice.customer,
  description: invoice.description,
  due_date: invoice.dueDate,
  effective_at: invoice.finalizedAt,
  ending_balance: invoice.status === 'draft' ? null : 0,
  footer: invoice.footer,
  from_invoice: invoice.revises === null ? null : { action: 'revision', invoice: invoice.revises },
  latest_revision: invoice.latestRevision,
  lines: listObject(
    linesUrl(invoice),
    invoice.lines.slice(0, 10).map((line) => lineObject(invoice, line)),
    invoice.lines.length > 10,
  ),
  metadata: invoice.metadata,
  number: invoice.number,
  parent: parent(invoice),
  period_end: invoice.created,
  period_start: invoice.created,
  starting_balance: 0,
  status: invoice.status,
  status_transitions: {
    finalized_at: invoice.finalizedAt,
    marked_uncollectible_at: invoice.uncollectibleAt,
    paid_at: invoice.paidAt,
    voided_at: invoice.voidedAt,
  },
  webhooks_delivered_at: invoice.created,
});

export const invoicePaymentObject = (payment: InvoicePayment, invoice: Invoice) => ({
  id: payment.id,
  object: 'invoice_payment',
  amount_paid: payment.amount,
  amount_requested: payment.amount,
  created: payment.created,
  currency: invoice.currency,
  invoice: payment.invoice,
  is_default: true,
  livemode: false,
  payment: { payment_intent: intentIdOf(payment.charge), type: 'payment_intent' },
  status: 'paid',
  status_transitions: { canceled_at: null, paid_at: payment.created },
});
