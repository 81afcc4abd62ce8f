import { inArray, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { FoundType, Mention } from '#app/domain/search/result.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import { inSlots, SLOTS, slots } from '#db/queries/search/search-finders.ts';
import { ledgerEntry, payment, refund } from '#db/schema/book.ts';
import type { Read } from '#db/select-types.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a PgColumn of no particular kind does not know its type
const textOf = (of: PgColumn) => sql`${of}`.mapWith(of) as SQL<string>;

function mention(
  type: FoundType,
  byType: FoundType,
  table: PgTable,
  columns: { id: PgColumn; byId: PgColumn; customerId: PgColumn },
): (read: Read, ids: readonly string[]) => Promise<Mention[]> {
  const query = preparedQuery<Record<string, string>, Omit<Mention, 'type' | 'byType'>>((read) =>
    read
      .select({
        id: textOf(columns.id),
        byId: textOf(columns.byId),
        customerId: textOf(columns.customerId),
      })
      .from(table)
      .where(inArray(columns.id, slots))
      .limit(SLOTS),
  );
  return async (read, ids) => {
    const rows = await query(read, inSlots(ids));
    return rows.map((row) => ({ type, byType, ...row }));
  };
}

const entry = { byId: ledgerEntry.id, customerId: ledgerEntry.customerId };
const paid = { byId: payment.id, customerId: payment.customerId };
const mentions = [
  mention('payment', 'ledgerEntry', ledgerEntry, { id: ledgerEntry.paymentId, ...entry }),
  mention('generation', 'ledgerEntry', ledgerEntry, { id: ledgerEntry.generationId, ...entry }),
  mention('payment', 'refund', refund, {
    id: refund.paymentId,
    byId: refund.id,
    customerId: refund.customerId,
  }),
  mention('invoice', 'payment', payment, { id: payment.invoiceId, ...paid }),
  mention('subscription', 'payment', payment, { id: payment.subscriptionId, ...paid }),
];

/** Records that name one of the first ten of `ids`, at most ten of each kind. */
export const mentionsOf = async (read: Read, ids: readonly string[]): Promise<Mention[]> =>
  (await Promise.all(mentions.map((find) => find(read, ids)))).flat();
