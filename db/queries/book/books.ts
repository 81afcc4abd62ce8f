import type { Book, BookEntry } from '#app/domain/book/book.ts';
import { compareIds } from '#app/domain/book/order.ts';
import { readTableInPages } from '#db/packed/packed-pages.ts';
import { readPacked } from '#db/packed/packed-rows.ts';
import type { CustomerBatch, PackedTable } from '#db/packed/packed-rows.ts';
import { BOOK_TABLES, PAYMENT_ENTRIES } from '#db/queries/book/book-tables.ts';
import type { Read } from '#db/store.ts';

export type { CustomerBatch } from '#db/packed/packed-rows.ts';

/**
 * The lean books of a batch of customers, in the batch's order. An id that no record mentions has an
 * empty book. `range` batches (ids in the database's order, none left out between them) cost one query
 * a table however many customers they hold.
 */
export const loadBooks = async (read: Read, batch: CustomerBatch): Promise<Book[]> => {
  const rows = await readPacked(read, BOOK_TABLES, batch);
  return batch.ids.map((customerId) => ({
    customerId,
    customer: rows.customers.get(customerId)?.[0] ?? null,
    subscriptions: rows.subscriptions.get(customerId) ?? [],
    payments: rows.payments.get(customerId) ?? [],
    refunds: rows.refunds.get(customerId) ?? [],
    invoices: rows.invoices.get(customerId) ?? [],
    entries: inOrder(rows.entries.get(customerId) ?? []),
    generations: rows.generations.get(customerId) ?? [],
    setupAttempts: rows.setupAttempts.get(customerId) ?? [],
  }));
};

/** The same for one large customer, in turns with other work; see `readTableInPages`. */
export const loadBookInPages = async (
  read: Read,
  customerId: string,
  turn: () => Promise<void>,
): Promise<Book> => {
  const page = <Row>(table: PackedTable<Row>): Promise<Row[]> =>
    readTableInPages(read, table, customerId, turn);
  return {
    customerId,
    customer: (await page(BOOK_TABLES.customers))[0] ?? null,
    subscriptions: await page(BOOK_TABLES.subscriptions),
    payments: await page(BOOK_TABLES.payments),
    refunds: await page(BOOK_TABLES.refunds),
    invoices: await page(BOOK_TABLES.invoices),
    entries: inOrder(await page(BOOK_TABLES.entries)),
    generations: await page(BOOK_TABLES.generations),
    setupAttempts: await page(BOOK_TABLES.setupAttempts),
  };
};

/** What says which credits a payment has brought: payments, refunds and the entries of what was bought. */
export const loadPaymentBook = async (
  read: Read,
  customerId: string,
): Promise<Pick<Book, 'payments' | 'refunds' | 'entries'>> => {
  const { payments, refunds } = BOOK_TABLES;
  const tables = { payments, refunds, entries: PAYMENT_ENTRIES };
  const rows = await readPacked(read, tables, { ids: [customerId], range: false });
  return {
    payments: rows.payments.get(customerId) ?? [],
    refunds: rows.refunds.get(customerId) ?? [],
    entries: inOrder(rows.entries.get(customerId) ?? []),
  };
};

/**
 * The database orders by the stored form of an id, which differs from the id itself where that holds
 * what no database stores (see stored-text.ts). It matters between entries of one instant only.
 */
function inOrder(entries: BookEntry[]): BookEntry[] {
  for (let i = 1; i < entries.length; i += 1) {
    const [a, b] = [entries[i - 1], entries[i]];
    if (a && b && compareEntries(a, b) > 0) return entries.toSorted(compareEntries);
  }
  return entries;
}

const compareEntries = (a: BookEntry, b: BookEntry): number =>
  a.occurredAt - b.occurredAt || a.sequence - b.sequence || compareIds(a.id, b.id);
