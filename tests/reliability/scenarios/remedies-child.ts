/*
 * All remedies of one record in a process of its own; prints its figure. Started by remedies-at-once with
 * its orders as JSON.
 */
import { allRemedies } from '#tests/reliability/scenarios/all-remedies.ts';
import { printFigureOf } from '#tests/reliability/scenarios/figure-of-orders.ts';

export interface RemediesOrders {
  databaseUrl: string;
  sequences: number;
  seed: number;
}

await printFigureOf<RemediesOrders>(allRemedies);
