import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { keepSeeds, keptSeeds } from '#tests/reliability/scenarios/kept-seeds.ts';
import { sideBySide } from '#tests/reliability/scenarios/side-by-side.ts';
import type { SimulationOrders } from '#tests/reliability/scenarios/simulation-child.ts';

type Orders = Omit<SimulationOrders, 'databaseUrl'>;

const PROCESSES = 2;
const DAYS = 30;

/** M13 on two processors. Seeds that once failed come first; those that fail now are kept for next time. */
export const simulationsAtOnce = async (
  { databaseUrl }: Pick<MoneyWorld, 'databaseUrl'>,
  many: number,
): Promise<Figure> => {
  const kept = keptSeeds();
  const seeds = [...new Set([...kept, ...Array.from({ length: many }, (_, nth) => nth + 1)])];
  const dealt = Array.from({ length: PROCESSES }, (_, part): [string, Orders] => [
    `part-${part}`,
    { seeds: seeds.filter((_seed, at) => at % PROCESSES === part) },
  ]);
  const parts = await sideBySide(databaseUrl, 'simulation-child', Object.fromEntries(dealt));
  const { violations, faults } = parts;
  keepSeeds(violations.flatMap((what) => Number(/^seed (\d+):/.exec(what)?.[1] ?? NaN)));
  const days = seeds.length * DAYS;
  return {
    ...{ name: 'M13 simulation', runs: seeds.length, violations, seed: seeds[0] ?? null },
    faults,
    note:
      `${days} simulated days, ${(days / parts.seconds).toFixed(1)} a second, ${kept.length} kept seeds first; ` +
      parts.figures.map(({ note }) => note ?? '').join('; '),
  };
};
