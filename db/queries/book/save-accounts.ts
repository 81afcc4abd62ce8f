import { sql } from 'drizzle-orm';
import type { Column, SQL } from 'drizzle-orm';
import { chunks } from '#db/chunks.ts';
import type { WholeAccount } from '#db/queries/book/accounts.ts';
import { account } from '#db/schema/account.ts';
import { sqliteParts } from '#db/sqlite.ts';
import type { StatementCache } from '#db/statement-cache.ts';
import type { Tx } from '#db/store.ts';
import { encodeText } from '#db/dialect/text-encoding.ts';

/** Writes what a sweep has made of accounts that exist; `revision` stays as it is. */
export const saveAccounts = async (tx: Tx, rows: readonly WholeAccount[]): Promise<void> => {
  const sqlite = sqliteParts(tx);
  if (sqlite) return saveOnSqlite(sqlite.writes, rows);
  for (const chunk of chunks(rows)) {
    await tx
      .insert(account)
      .values(chunk)
      .onConflictDoUpdate({ target: account.customerId, set: SWEPT })
      .returning({ id: account.customerId });
  }
};

const written = (column: Column): SQL => sql.raw(`excluded."${column.name}"`);
const SWEPT = {
  dirty: written(account.dirty),
  sweptAt: written(account.sweptAt),
  nextCheck: written(account.nextCheck),
  waitsForLedger: written(account.waitsForLedger),
  waitsForInvoices: written(account.waitsForInvoices),
  opening: written(account.opening),
  total: written(account.total),
  daily: written(account.daily),
  entries: written(account.entries),
  payments: written(account.payments),
  generations: written(account.generations),
  unpriced: written(account.unpriced),
};

const UPDATE = `update account set dirty = ?, swept_at = ?, next_check = ?, waits_for_ledger = ?,
  waits_for_invoices = ?, opening = ?, total = ?, daily = ?, entries = ?, payments = ?,
  generations = ?, unpriced = ? where customer_id = ?`;

/** With the driver's own statement: a first sweep writes every account there is. */
const saveOnSqlite = (statements: StatementCache, rows: readonly WholeAccount[]): void => {
  const update = statements.prepare(UPDATE);
  for (const row of rows) {
    update.run(
      row.dirty ? 1 : 0,
      row.sweptAt,
      row.nextCheck,
      row.waitsForLedger,
      row.waitsForInvoices,
      row.opening,
      row.total,
      JSON.stringify(row.daily),
      row.entries,
      row.payments,
      row.generations,
      row.unpriced,
      encodeText(row.customerId),
    );
  }
};
