/*
 * Splitting under a limit in a process of its own; prints its figure. Started by splitting-at-once with its
 * orders as JSON.
 */
import { printFigureOf } from '#tests/reliability/scenarios/figure-of-orders.ts';
import { splitting } from '#tests/reliability/scenarios/splitting.ts';

export interface SplittingOrders {
  databaseUrl: string;
  sequences: number;
  seed: number;
}

await printFigureOf<SplittingOrders>(splitting);
