import type Stripe from 'stripe';
import type { Customer } from '#app/domain/book/records.ts';
import { toInstant } from '#app/integrations/stripe/types.ts';

/** What only the product knows of a customer. */
export type CustomerOfProduct = Pick<
  Customer,
  'timeZone' | 'reportedBalance' | 'reportedBalanceAt' | 'generationHold'
>;

export const NOTHING_OF_PRODUCT: CustomerOfProduct = {
  timeZone: null,
  reportedBalance: null,
  reportedBalanceAt: null,
  generationHold: null,
};

/**
 * A Stripe customer as a customer of the book. The product's id stands in `metadata.customer_id`; without
 * it the Stripe id serves. `known` is what the product has told, which Stripe does not know.
 */
export const customerRecord = (
  customer: Stripe.Customer,
  known: CustomerOfProduct = NOTHING_OF_PRODUCT,
): Customer => ({
  id: customer.metadata['customer_id'] ?? customer.id,
  name: customer.name ?? customer.email ?? customer.id,
  email: customer.email ?? '',
  stripeCustomerId: customer.id,
  createdAt: toInstant(customer.created),
  timeZone: known.timeZone,
  reportedBalance: known.reportedBalance,
  reportedBalanceAt: known.reportedBalanceAt,
  generationHold: known.generationHold,
});
