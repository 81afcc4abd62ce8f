import { askingAtOnce } from '#tests/reliability/scenarios/asking-at-once.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import { lateFailure } from '#tests/reliability/scenarios/late-failure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { ordersOfUnknowns } from '#tests/reliability/scenarios/orders-of-unknowns.ts';
import { overRefunds } from '#tests/reliability/scenarios/over-refunds.ts';
import { prunedKey } from '#tests/reliability/scenarios/pruned-key.ts';
import { reconcileRace } from '#tests/reliability/scenarios/reconcile-race.ts';
import { retriesOnTheWire, stillAtWork } from '#tests/reliability/scenarios/retries.ts';
import { changedFields } from '#tests/reliability/scenarios/stale-decisions.ts';

interface Witness {
  /** Against a Stripe that enforces nothing, where only the console stands in the way. */
  lax?: boolean;
  run: (world: MoneyWorld) => Promise<Figure>;
}

/** Short runs of batteries, each of which reports some of the planted bugs. */
export const WITNESSES = {
  'over-refunds': { lax: true, run: (world) => overRefunds(world, { rounds: 8, seed: 9 }) },
  'asking-at-once': { run: (world) => askingAtOnce(world, { rounds: 4, processes: 8, seed: 3 }) },
  retries: { run: retriesOnTheWire },
  'unknown-outcomes': { run: ordersOfUnknowns },
  'pruned-key': { run: prunedKey },
  'late-failure': { run: lateFailure },
  'reconcile-race': { run: (world) => reconcileRace(world, { runs: 40, seed: 6 }) },
  'still-at-work': { run: (world) => stillAtWork(world, 1) },
  'changed-fields': { run: changedFields },
} as const satisfies Record<string, Witness>;
export type WitnessName = keyof typeof WITNESSES;
