/*
 * The model-based test in a process of its own; prints its figure. Started by model-based with its orders
 * as JSON.
 */
import { openMoneyWorld } from '#tests/trust/battery/money-world.ts';
import { modelBased } from '#tests/trust/battery/model-based.ts';

export interface ModelOrders {
  databaseUrl: string;
  lax: boolean;
  runs: number;
  seed: number;
}

// Given by models-at-once, which is the only one to start this.
const orders = JSON.parse(process.argv[2] ?? '{}') as ModelOrders;
const world = await openMoneyWorld(orders);
const figure = await modelBased(world, orders);
await world.close();
process.stdout.write(`${JSON.stringify(figure)}\n`);
process.exit(0);
