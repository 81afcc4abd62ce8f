/*
 * The simulation in a process of its own; prints its figure. Started by simulations-at-once with its
 * orders as JSON.
 */
import { printFigureOf } from '#tests/reliability/scenarios/figure-of-orders.ts';
import { simulation } from '#tests/reliability/scenarios/simulation.ts';

export interface SimulationOrders {
  databaseUrl: string;
  seeds: readonly number[];
}

await printFigureOf<SimulationOrders>(simulation);
