/*
 * Splitting under a limit in a process of its own; prints its figure. Started by splitting-at-once with its
 * orders as JSON.
 */
import { openMoneyWorld } from '#tests/trust/battery/money-world.ts';
import { splitting } from '#tests/trust/battery/splitting.ts';

export interface SplittingOrders {
  databaseUrl: string;
  sequences: number;
  seed: number;
}

// Given by splitting-at-once, which is the only one to start this.
const orders = JSON.parse(process.argv[2] ?? '{}') as SplittingOrders;
const world = await openMoneyWorld(orders);
const figure = await splitting(world, orders);
await world.close();
process.stdout.write(`${JSON.stringify(figure)}\n`);
process.exit(0);
