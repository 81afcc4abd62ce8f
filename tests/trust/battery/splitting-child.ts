/*
 * Splitting under a limit in a process of its own; prints its figure. Started by splitting-at-once with its
 * orders as JSON.
 */
import { printFigureOf } from '#tests/trust/battery/figure-of-orders.ts';
import { splitting } from '#tests/trust/battery/splitting.ts';

export interface SplittingOrders {
  databaseUrl: string;
  sequences: number;
  seed: number;
}

await printFigureOf<SplittingOrders>(splitting);
