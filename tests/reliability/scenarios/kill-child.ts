/*
 * A sender in a process of its own that ends itself, as by a power cut, at the point it is told. Prints
 * how many points it has come by if it lives. Started by kill-sweep with its orders as JSON.
 */
import { SECOND } from '#app/lib/instant.ts';
import { createIds } from '#app/lib/ids.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { dueOperations } from '#db/queries/operations/operations.ts';
import { openStore } from '#db/store.ts';
import { moneyDoors } from '#tests/reliability/scenarios/money-world.ts';

export interface Orders {
  databaseUrl: string;
  stripeUrl: string;
  productUrl: string;
  instant: number;
  /** Ends the process at this point; null: never. */
  killAt: number | null;
}

/** Of 20 seconds: longer than any way to an end. */
const MOST_PASSES = 60;
const FAR = 24 * 3_600 * SECOND;

// Given by kill-sweep, which is the only one to start this.
const orders = JSON.parse(process.argv[2] ?? '{}') as Orders;
let instant = orders.instant;
const now = (): number => instant;
let passed = 0;
const store = await openStore(orders.databaseUrl, { poolSize: 4 });
const deps = {
  ...{ store, now, newId: createIds(now), owner: `child-${process.pid}` },
  ...moneyDoors({ now, stripeUrl: orders.stripeUrl, productUrl: orders.productUrl }),
  point: (): void => {
    passed += 1;
    if (passed === orders.killAt) process.kill(process.pid, 'SIGKILL');
  },
};
for (let pass = 0; pass < MOST_PASSES; pass += 1) {
  await processDueOperations(deps);
  if ((await dueOperations(store.read, instant + FAR, 1)).length === 0) break;
  instant += 20 * SECOND;
}
await store.close();
process.stdout.write(String(passed));
process.exit(0);
