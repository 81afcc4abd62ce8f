import { and, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import type { FoundRecord } from '#app/domain/search/result.ts';
import { fastAll } from '#db/prepared-query.ts';
import { PAYMENTS } from '#db/queries/search/search-sources.ts';
import { payment } from '#db/schema/book.ts';
import type { Read } from '#db/select-types.ts';
import { equalsUnindexed } from '#db/unindexed.ts';

/** What a card statement shows; what is absent may be anything. An amount, digits or customers must be there. */
export interface PaymentTraits {
  /** Minor units. */
  amount?: number;
  currencies?: readonly string[];
  from?: Instant;
  /** Not included. */
  to?: Instant;
  last4?: string;
  customerIds?: readonly string[];
}

/** The latest payments with all the traits. Each combination is answered along one of payment's indexes. */
export async function paymentsWith(
  read: Read,
  traits: PaymentTraits,
  most: number,
): Promise<FoundRecord[]> {
  const { amount, currencies, from, to, last4, customerIds } = traits;
  const conditions: SQL[] = [];
  // Of a few customers all payments are read: as a sum, the amount cannot lure the planner away to the
  // index of everybody's payments of that amount.
  if (amount !== undefined && customerIds === undefined)
    conditions.push(eq(payment.amount, amount));
  if (amount !== undefined && customerIds !== undefined)
    conditions.push(sql`${payment.amount} + 0 = ${amount}`);
  if (currencies !== undefined) conditions.push(inArray(payment.currency, [...currencies]));
  if (from !== undefined) conditions.push(gte(payment.createdAt, from));
  if (to !== undefined) conditions.push(lt(payment.createdAt, to));
  if (last4 !== undefined && customerIds === undefined)
    conditions.push(eq(payment.cardLast4, last4));
  if (last4 !== undefined && customerIds !== undefined)
    conditions.push(equalsUnindexed(payment.cardLast4, last4));
  if (customerIds !== undefined) {
    if (customerIds.length === 0) return [];
    conditions.push(inArray(payment.customerId, [...customerIds]));
  }
  if (amount === undefined && last4 === undefined && customerIds === undefined) return [];
  const rows = await fastAll(
    read,
    read
      .select(PAYMENTS.fields)
      .from(payment)
      .where(and(...conditions))
      .orderBy(desc(payment.createdAt))
      .limit(most),
  );
  return rows.map((row) => ({ type: 'payment', ...row }));
}
