import { sql } from 'drizzle-orm';
import type { FoundRecord } from '#app/domain/search/result.ts';
import { asciiLower } from '#app/domain/search/clean-text.ts';
import { all, among, inSlots, spanOf, starting } from '#db/queries/search/search-finders.ts';
import { CUSTOMERS, INVOICES, REFUNDS, SOURCES } from '#db/queries/search/search-sources.ts';
import { short } from '#db/dialect/columns.ts';
import { customer, invoice, refund } from '#db/schema/book.ts';
import type { Read } from '#db/select-types.ts';

const withId = [
  ...SOURCES.map((source) => among(source, source.id)),
  among(CUSTOMERS, customer.stripeCustomerId),
  among(REFUNDS, short(refund.bankReference)),
];
const withInvoiceNumber = among(INVOICES, sql`lower(${short(invoice.number)})`);

/** Records whose id, Stripe customer, bank reference or invoice number is one of the first ten of `ids`. */
export const recordsWithId = (read: Read, ids: readonly string[]): Promise<FoundRecord[]> => {
  const values = inSlots(ids);
  return all([
    ...withId.map((find) => find(read, values)),
    withInvoiceNumber(read, inSlots(ids.map(asciiLower))),
  ]);
};

const MOST = 6;
const idStarting = [
  ...SOURCES.map((source) => starting(source, source.id, MOST)),
  starting(CUSTOMERS, customer.stripeCustomerId, MOST),
  starting(REFUNDS, short(refund.bankReference), MOST),
];
const invoiceNumberStarting = starting(INVOICES, sql`lower(${short(invoice.number)})`, MOST);

/** Records whose id or number begins with `prefix`: a few of each type. */
export const recordsStarting = (read: Read, prefix: string): Promise<FoundRecord[]> => {
  const span = spanOf(prefix);
  return all([
    ...idStarting.map((find) => find(read, span)),
    invoiceNumberStarting(read, spanOf(asciiLower(prefix))),
  ]);
};
