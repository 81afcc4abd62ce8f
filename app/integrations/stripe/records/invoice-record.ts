import type Stripe from 'stripe';
import type { BillTo, Invoice } from '#app/domain/book/records.ts';
import { idOf, toInstant } from '#app/integrations/stripe/types.ts';

/** What an invoice does not say itself. */
export interface InvoiceSurroundings {
  customerId: string;
  /** The charge of a payment intent; null: it has none. Not asked where the intent was read along. */
  chargeOf: (paymentIntentId: string) => string | null;
}

/** An address as one text, its parts in the order of Stripe's own forms. */
export const addressText = (address: Stripe.Address | null): string | null => {
  if (!address) return null;
  const { line1, line2, postal_code: code, city, state, country } = address;
  const place = [code, city].filter(Boolean).join(' ');
  const text = [line1, line2, place, state, country].filter(Boolean).join(', ');
  return text === '' ? null : text;
};

const billTo = (invoice: Stripe.Invoice): BillTo => ({
  name: invoice.customer_name ?? invoice.customer_email ?? '',
  email: invoice.customer_email,
  address: addressText(invoice.customer_address),
  taxId: invoice.customer_tax_ids?.[0]?.value ?? null,
});

const chargeOfPayment = (
  { payment }: Stripe.InvoicePayment,
  chargeOf: InvoiceSurroundings['chargeOf'],
): string | null => {
  if (payment.type === 'charge') return idOf(payment.charge);
  const { payment_intent: intent } = payment;
  if (typeof intent === 'object' && intent) return idOf(intent.latest_charge);
  return intent ? chargeOf(intent) : null;
};

/** A Stripe invoice, read with its `payments`, as an invoice of the book. */
export const invoiceRecord = (
  invoice: Stripe.Invoice,
  { customerId, chargeOf }: InvoiceSurroundings,
): Invoice => {
  const { finalized_at: finalizedAt } = invoice.status_transitions;
  const from = invoice.from_invoice;
  const payments = invoice.payments?.data ?? [];
  return {
    id: invoice.id,
    customerId,
    number: invoice.number,
    // Stripe's type leaves room for null, which no invoice that can be listed has.
    status: (invoice.status ?? 'draft') as Invoice['status'],
    total: invoice.total,
    currency: invoice.currency,
    createdAt: toInstant(invoice.created),
    finalizedAt: finalizedAt === null ? null : toInstant(finalizedAt),
    paymentIds: payments.flatMap((payment) => chargeOfPayment(payment, chargeOf) ?? []),
    billTo: billTo(invoice),
    subscriptionId: idOf(invoice.parent?.subscription_details?.subscription),
    revisionOf: from?.action === 'revision' ? idOf(from.invoice) : null,
  };
};
