/*
 * The model-based test in a process of its own; prints its figure. Started by model-based with its orders
 * as JSON.
 */
import { printFigureOf } from '#tests/reliability/scenarios/figure-of-orders.ts';
import { modelBased } from '#tests/reliability/scenarios/model-based.ts';

export interface ModelOrders {
  databaseUrl: string;
  lax: boolean;
  runs: number;
  seed: number;
}

await printFigureOf<ModelOrders>(modelBased);
