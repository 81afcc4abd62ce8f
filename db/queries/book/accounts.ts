import { and, asc, eq, gt, inArray, isNotNull, lte, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { StreamsKnown } from '#app/domain/book/book.ts';
import type { Instant } from '#app/lib/instant.ts';
import { chunks } from '#db/chunks.ts';
import { fastAll } from '#db/prepared-query.ts';
import { account } from '#db/schema/account.ts';
import { flag } from '#db/schema/flag.ts';
import type { Read, Tx } from '#db/store.ts';

/** An account with its daily balances. */
export type WholeAccount = typeof account.$inferSelect;
/** All of an account but its daily balances, which are large and read by its page only. */
export type AccountRow = Omit<WholeAccount, 'daily'>;

const COLUMNS = {
  customerId: account.customerId,
  dirty: account.dirty,
  revision: account.revision,
  sweptAt: account.sweptAt,
  nextCheck: account.nextCheck,
  waitsForLedger: account.waitsForLedger,
  waitsForInvoices: account.waitsForInvoices,
  opening: account.opening,
  total: account.total,
  entries: account.entries,
  payments: account.payments,
  generations: account.generations,
  unpriced: account.unpriced,
};

/** The next accounts in the database's order of ids, from after `after` on. */
export const listAccounts = async (
  read: Read,
  page: { after: string | null; limit: number; dirtyOnly?: boolean },
): Promise<AccountRow[]> =>
  fastAll(
    read,
    read
      .select(COLUMNS)
      .from(account)
      .where(
        and(
          page.after === null ? undefined : gt(account.customerId, page.after),
          page.dirtyOnly ? sql`${account.dirty}` : undefined,
        ),
      )
      .orderBy(asc(account.customerId))
      .limit(page.limit),
  );

/** The accounts of these ids, in the database's order; ids without one are missing. */
export const findAccounts = async (read: Read, ids: readonly string[]): Promise<AccountRow[]> => {
  const found: AccountRow[] = [];
  for (const chunk of chunks(ids)) {
    found.push(
      ...(await read.select(COLUMNS).from(account).where(inArray(account.customerId, chunk))),
    );
  }
  return found;
};

/** The whole account of one customer, daily balances included; null: no record mentions the id. */
export const findAccount = async (read: Read, customerId: string): Promise<WholeAccount | null> => {
  const rows = await read.select().from(account).where(eq(account.customerId, customerId));
  return rows[0] ?? null;
};

const hasCome = (waits: PgColumn, known: Instant | null): SQL | undefined => {
  if (known === null) return undefined;
  return known === Number.POSITIVE_INFINITY ? isNotNull(waits) : lte(waits, known);
};

/**
 * Customers that must be looked at now, at most about `limit` of each kind: their records changed,
 * their next grace has ended, a stream that they wait for has come far enough, or a snooze has ended.
 */
export const listDueCustomers = async (
  read: Read,
  due: { now: Instant; streams: StreamsKnown; limit: number },
): Promise<string[]> => {
  const reasons = [
    sql`${account.dirty}`,
    lte(account.nextCheck, due.now),
    hasCome(account.waitsForLedger, due.streams.ledger),
    hasCome(account.waitsForInvoices, due.streams.invoices),
  ];
  const ids = new Set<string>();
  for (const reason of reasons) {
    if (!reason) continue;
    const accounts = read.select({ id: account.customerId }).from(account);
    for (const { id } of await accounts.where(reason).limit(due.limit)) ids.add(id);
  }
  const snoozed = await read
    .select({ id: flag.customerId })
    .from(flag)
    .where(and(eq(flag.state, 'snoozed'), lte(flag.snoozedUntil, due.now)))
    .limit(due.limit);
  for (const { id } of snoozed) ids.add(id);
  return [...ids];
};

/** Makes every account due for the sweep: something that all rules read has changed. */
export const markAllAccountsDirty = async (tx: Tx): Promise<void> => {
  await tx.update(account).set({ dirty: true, revision: sql`${account.revision} + 1` });
};
