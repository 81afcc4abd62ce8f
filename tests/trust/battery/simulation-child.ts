/*
 * The simulation in a process of its own; prints its figure. Started by simulations-at-once with its
 * orders as JSON.
 */
import { openMoneyWorld } from '#tests/trust/battery/money-world.ts';
import { simulation } from '#tests/trust/battery/simulation.ts';

export interface SimulationOrders {
  databaseUrl: string;
  seeds: readonly number[];
}

// Given by simulations-at-once, which is the only one to start this.
const orders = JSON.parse(process.argv[2] ?? '{}') as SimulationOrders;
const world = await openMoneyWorld(orders);
const figure = await simulation(world, orders);
await world.close();
process.stdout.write(`${JSON.stringify(figure)}\n`);
process.exit(0);
