import Database from 'better-sqlite3';
import { MINUTE, toIso } from '#app/lib/instant.ts';
import { createIds } from '#app/lib/ids.ts';
import type { Deps } from '#app/services/deps.ts';
import { importBook } from '#app/services/import/import-book.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { openStore } from '#db/store.ts';
import { pathOf } from '#db/sqlite-connection.ts';
import { BENCH_AS_OF } from '#scripts/bench/book/bench-customer.ts';
import { median } from '#scripts/bench/measure/median.ts';

/*
 * In a process of its own, because the database's dialect is chosen when modules load: how long it
 * takes from new records to settled flags. Prints one line of JSON.
 */
export interface IncrementalFigures {
  /** Milliseconds from one new record to settled flags, median. */
  eventMs: number;
  /** Of that, what looking at the customer and settling took, median. */
  checkMs: number;
  /** Milliseconds of 1,000 records of 500 customers to settled flags, median of three. */
  batchMs: number;
  /** Flags that the three batches opened. */
  opened: number;
}

const EVENTS = 200;
const NOW = BENCH_AS_OF + 60 * MINUTE;
const url = process.env['DATABASE_URL'] ?? '';
// A kept database may be of an earlier schema.
await migrate(url);
const store = await openStore(url);
const deps: Deps = { store, now: () => NOW, newId: createIds(() => NOW) };
const customers = ordinaryCustomers();
let serial = 0;

/** Customers of the size that most have, the same kind in a small book and in a large one. */
function ordinaryCustomers(): string[] {
  const database = new Database(pathOf(url), { readonly: true });
  const ids = database
    .prepare(
      `select customer_id from ledger_entry group by customer_id
       having count(*) between 20 and 60 order by customer_id limit 500`,
    )
    .pluck()
    // The one column is an id.
    .all() as string[];
  database.close();
  return ids;
}

async function load(records: Record<string, unknown>[]): Promise<void> {
  const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  await importBook(
    deps,
    {
      name: 'bench',
      fingerprint: null,
      open: async function* open() {
        yield Buffer.from(lines);
      },
    },
    { rejects: { cutTo: async () => undefined, add: async () => fail() } },
  );
}

function fail(): never {
  throw new Error('a record of the bench was refused');
}

const sweepDirty = () => sweepAccounts(deps, { customers: 'dirty' });

/** A correction of one credit: looked at by most rules, flagged by none. */
const entryFor = (customerId: string | undefined) => ({
  type: 'ledgerEntry',
  id: `bench_le_${(serial += 1)}`,
  customerId,
  kind: 'adjustment',
  credits: 1,
  occurredAt: toIso(NOW - MINUTE),
});

/** Captured half an hour ago, and no credits have come. */
const paymentFor = (customerId: string) => ({
  type: 'payment',
  id: `bench_pi_${(serial += 1)}`,
  customerId,
  purpose: 'credit_pack',
  credits: 500,
  amount: 4900 + serial,
  currency: 'usd',
  status: 'succeeded',
  createdAt: toIso(NOW - 30 * MINUTE),
  capturedAt: toIso(NOW - 30 * MINUTE),
});

async function timeBatch(): Promise<{ ms: number; opened: number }> {
  const records = customers.flatMap((id) => [entryFor(id), paymentFor(id)]);
  const started = performance.now();
  await load(records);
  const { events } = await sweepDirty();
  return { ms: performance.now() - started, opened: events.opened ?? 0 };
}

async function main(): Promise<IncrementalFigures> {
  // The streams are known up to now, and everything that waited for that has been looked at.
  const through = toIso(NOW);
  await load(['ledger', 'invoices'].map((id) => ({ type: 'watermark', id, through })));
  await sweepAccounts(deps, { customers: 'all' });
  const events: number[] = [];
  const checks: number[] = [];
  for (let i = 0; i < EVENTS; i += 1) {
    const started = performance.now();
    await load([entryFor(customers[i % customers.length])]);
    const loaded = performance.now();
    await sweepDirty();
    events.push(performance.now() - started);
    checks.push(performance.now() - loaded);
  }
  const batches = [await timeBatch(), await timeBatch(), await timeBatch()];
  return {
    eventMs: median(events),
    checkMs: median(checks),
    batchMs: median(batches.map(({ ms }) => ms)),
    opened: batches.reduce((sum, { opened }) => sum + opened, 0),
  };
}

console.log(JSON.stringify(await main()));
await store.close();
