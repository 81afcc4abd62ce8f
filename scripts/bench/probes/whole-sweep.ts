import { createIds } from '#app/lib/ids.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { openStore } from '#db/store.ts';
import { BENCH_AS_OF } from '#scripts/bench/book/bench-customer.ts';

/*
 * The sweep of the whole book, its settling of flags included, in a process of its own that has just
 * opened the database: what the sweep command does after its start. Prints milliseconds.
 */
const now = () => BENCH_AS_OF;
const url = process.env['DATABASE_URL'] ?? '';
// A kept database may be of an earlier schema.
await migrate(url);
const store = await openStore(url);
const started = performance.now();
await sweepAccounts({ store, now, newId: createIds(now) }, { customers: 'all' });
console.log(performance.now() - started);
await store.close();
