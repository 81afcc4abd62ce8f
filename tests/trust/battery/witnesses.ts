import { askingAtOnce } from '#tests/trust/battery/asking-at-once.ts';
import type { Figure } from '#tests/trust/battery/figure.ts';
import { lateFailure } from '#tests/trust/battery/late-failure.ts';
import type { MoneyWorld } from '#tests/trust/battery/money-world.ts';
import { ordersOfUnknowns } from '#tests/trust/battery/orders-of-unknowns.ts';
import { overRefunds } from '#tests/trust/battery/over-refunds.ts';
import { prunedKey } from '#tests/trust/battery/pruned-key.ts';
import { reconcileRace } from '#tests/trust/battery/reconcile-race.ts';
import { retriesOnTheWire, stillAtWork } from '#tests/trust/battery/retries.ts';
import { changedFields } from '#tests/trust/battery/stale-decisions.ts';

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
