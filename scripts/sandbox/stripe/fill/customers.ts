import type { Invoice } from '#app/domain/book/records.ts';
import { byTime, stripeCustomerOf, toSeconds } from '#scripts/sandbox/stripe/fill/shelf.ts';
import type { Shelf } from '#scripts/sandbox/stripe/fill/shelf.ts';
import type { Address } from '#scripts/sandbox/stripe/entities.ts';
import { blankCustomer } from '#scripts/sandbox/stripe/resources/customers.ts';
import type { World } from '#scripts/sandbox/stripe/world.ts';

/** An address that the book keeps as one text: Stripe's first line holds it whole. */
export const addressOf = (text: string | null | undefined): Address | null =>
  text
    ? { line1: text, line2: null, city: null, state: null, postal_code: null, country: null }
    : null;

export const taxTypeOf = (value: string): string =>
  /^[A-Z]{2}[0-9A-Z]{2,12}$/.test(value) ? 'eu_vat' : 'unknown';

const latestInvoices = (shelf: Shelf): Map<string, { latest: Invoice; count: number }> => {
  const found = new Map<string, { latest: Invoice; count: number }>();
  for (const invoice of byTime(shelf.invoice, ({ createdAt }) => createdAt)) {
    const count = (found.get(invoice.customerId)?.count ?? 0) + 1;
    found.set(invoice.customerId, { latest: invoice, count });
  }
  return found;
};

/** Everyone whom a record mentions that Stripe would know of. */
const mentioned = (shelf: Shelf): Set<string> =>
  new Set([
    ...shelf.customer.keys(),
    ...[shelf.payment, shelf.invoice, shelf.subscription, shelf.setupAttempt].flatMap((records) =>
      [...records.values()].map(({ customerId }) => customerId),
    ),
  ]);

/** Makes the Stripe customers. Their billing details are those of their latest invoice. */
export const fillCustomers = (world: World, shelf: Shelf): void => {
  const invoices = latestInvoices(shelf);
  for (const customerId of mentioned(shelf)) {
    const record = shelf.customer.get(customerId);
    const invoiced = invoices.get(customerId);
    const id = stripeCustomerOf(shelf, customerId);
    const blank = blankCustomer(world, id);
    const billTo = invoiced?.latest.billTo;
    world.put('customer', {
      ...blank,
      created: record ? toSeconds(record.createdAt) : blank.created,
      name: billTo?.name ?? record?.name ?? null,
      email: billTo?.email ?? record?.email ?? null,
      address: addressOf(billTo?.address),
      metadata: { customer_id: customerId },
      invoicePrefix: invoiced?.latest.number?.split('-')[0] ?? blank.invoicePrefix,
      nextInvoice: (invoiced?.count ?? 0) + 1,
    });
    if (billTo?.taxId)
      world.put('taxId', {
        id: `txi_${id.slice(4)}`,
        created: blank.created,
        customer: id,
        type: taxTypeOf(billTo.taxId),
        value: billTo.taxId,
      });
  }
};

/** One set-up intent a customer, with all of the attempts that the book tells of. */
export const fillSetups = (world: World, shelf: Shelf): void => {
  for (const attempt of byTime(shelf.setupAttempt, ({ at }) => at)) {
    const customer = stripeCustomerOf(shelf, attempt.customerId);
    const intent = `seti_${customer.slice(4)}`;
    if (!world.get('setupIntent', intent))
      world.put('setupIntent', { id: intent, created: toSeconds(attempt.at), customer });
    world.put('setupAttempt', {
      id: attempt.id,
      created: toSeconds(attempt.at),
      customer,
      intent,
      status: attempt.status,
      failureCode: attempt.failureCode,
      declineCode: attempt.declineCode,
      brand: attempt.cardBrand,
      funding: attempt.cardFunding,
    });
  }
};
