/*
 * The money side of a console in a process of its own, as a server runs it: the sender and the
 * reconciler, until it is killed. Says when it is at work, then prints what it logs,
 * a line each. Started by two-consoles.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { createIds } from '#app/lib/ids.ts';
import { reconcile } from '#app/services/reconciliation/reconcile.ts';
import { MINUTE } from '#app/lib/instant.ts';
import { startOperationWorker } from '#app/services/operations/operation-worker.ts';
import { startRefundPolling } from '#app/services/stripe/poll-pending-refunds.ts';
import { openStore } from '#db/store.ts';
import { moneyDoors } from '#tests/reliability/scenarios/money-world.ts';

export interface ConsoleOrders {
  databaseUrl: string;
  stripeUrl: string;
  productUrl: string;
  /** The clock showed `instant` when the machine's showed `machine`, and runs `speed` times as fast. */
  clock: { instant: number; machine: number; speed: number };
  /** Milliseconds between two looks. */
  every: number;
}

/** For reading, too: everything here shares few processors. */
const TIMEOUT = 1_000;
/** Looks of the sender between two of the reconciler, which asks about every charge. */
const LOOKS = 100;

// Given by two-consoles, which is the only one to start this.
const orders = JSON.parse(process.argv[2] ?? '{}') as ConsoleOrders;
const { instant, machine, speed } = orders.clock;
const now = (): number => instant + Math.round((Date.now() - machine) * speed);
const store = await openStore(orders.databaseUrl, { poolSize: 4 });
const { stripeUrl, productUrl, every } = orders;
const deps = {
  ...{ store, now, newId: createIds(now), owner: `console-${process.pid}` },
  ...moneyDoors({ now, stripeUrl, productUrl, timeout: TIMEOUT }),
  point: (): void => undefined,
};
const wordsOf = (error: unknown): string =>
  error instanceof AggregateError
    ? error.errors.map(wordsOf).join('; ')
    : `${String(error).slice(0, 80)} ${error instanceof Error && error.cause ? wordsOf(error.cause) : ''}`;
const report = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`);
const log = {
  info: (): void => undefined,
  error: ({ err }: { err?: unknown }) => report({ error: wordsOf(err) }),
};
startOperationWorker({ ...deps, log }, { every });
startRefundPolling({ ...deps, log }, { every: Math.max(every, MINUTE / speed) });
process.stdout.write('at work\n');
for (;;) {
  await delay(LOOKS * every);
  try {
    await reconcile(deps, instant);
  } catch (error) {
    report({ error: wordsOf(error) });
  }
}
