import type { Database } from 'better-sqlite3';
import { openReadOnly } from '#scripts/bench/bench.ts';

export interface PickedCustomers {
  /** At least 100 ledger entries, payments and generations each; the largest is not among them. */
  busy: string[];
  largest: string;
}

// The queries name their one column, which is an id.
const ids = (database: Database, sql: string, ...values: number[]): string[] =>
  database
    .prepare(sql)
    .pluck()
    .all(...values) as string[];

/** Customers to visit. Where too few have 100 payments (a small book), those with most of them do. */
export function pickCustomers(path: string, wanted: number): PickedCustomers {
  const database = openReadOnly(path);
  const [largest = '', ...others] = ids(
    database,
    'select customer_id from payment group by customer_id order by count(*) desc limit ?',
    wanted + 1,
  );
  database.close();
  return { largest, busy: others };
}

/** The id of the ledger entry that stands `back` rows before the customer's latest. */
export function entryBack(path: string, customerId: string, back: number): string {
  const database = openReadOnly(path);
  const id = database
    .prepare(
      `select id from ledger_entry where customer_id = ?
       order by occurred_at desc, sequence desc, id desc limit 1 offset ?`,
    )
    .pluck()
    .get(customerId, back);
  database.close();
  if (typeof id !== 'string') throw new Error(`${customerId} has no ${back} entries`);
  return id;
}
