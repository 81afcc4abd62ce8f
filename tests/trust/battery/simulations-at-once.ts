import type { Figure } from '#tests/trust/battery/figure.ts';
import { figureOfChild } from '#tests/trust/battery/figure-of-child.ts';
import type { MoneyWorld } from '#tests/trust/battery/money-world.ts';
import { keepSeeds, keptSeeds } from '#tests/trust/battery/kept-seeds.ts';
import { siblingDatabase } from '#tests/trust/battery/sibling-database.ts';
import type { SimulationOrders } from '#tests/trust/battery/simulation-child.ts';

const PROCESSES = 2;
const DAYS = 30;

/** M13 on two processors. Seeds that once failed come first; those that fail now are kept for next time. */
export const simulationsAtOnce = async (
  { databaseUrl }: Pick<MoneyWorld, 'databaseUrl'>,
  many: number,
): Promise<Figure> => {
  const kept = keptSeeds();
  const seeds = [...new Set([...kept, ...Array.from({ length: many }, (_, nth) => nth + 1)])];
  const started = performance.now();
  const figures = await Promise.all(
    Array.from({ length: PROCESSES }, async (_, part) => {
      const orders: SimulationOrders = {
        databaseUrl: await siblingDatabase(databaseUrl, `part-${part}`),
        seeds: seeds.filter((_seed, at) => at % PROCESSES === part),
      };
      return figureOfChild('simulation-child', orders);
    }),
  );
  const violations = figures.flatMap((figure) => figure.violations);
  keepSeeds(violations.flatMap((what) => Number(/^seed (\d+):/.exec(what)?.[1] ?? NaN)));
  const days = seeds.length * DAYS;
  const rate = (days * 1_000) / (performance.now() - started);
  return {
    ...{ name: 'M13 simulation', runs: seeds.length, violations, seed: seeds[0] ?? null },
    faults: figures.reduce((sum, { faults }) => sum + faults, 0),
    note:
      `${days} simulated days, ${rate.toFixed(1)} a second, ${kept.length} kept seeds first; ` +
      figures.map(({ note }) => note ?? '').join('; '),
  };
};
