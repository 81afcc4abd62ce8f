/*
 * All remedies of one record in a process of its own; prints its figure. Started by remedies-at-once with
 * its orders as JSON.
 */
import { allRemedies } from '#tests/trust/battery/all-remedies.ts';
import { printFigureOf } from '#tests/trust/battery/figure-of-orders.ts';

export interface RemediesOrders {
  databaseUrl: string;
  sequences: number;
  seed: number;
}

await printFigureOf<RemediesOrders>(allRemedies);
