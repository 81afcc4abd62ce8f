import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { sideBySide } from '#tests/reliability/scenarios/side-by-side.ts';
import type { SplittingOrders } from '#tests/reliability/scenarios/splitting-child.ts';

/** A6 on two processors. */
export const splittingAtOnce = async (
  { databaseUrl }: Pick<MoneyWorld, 'databaseUrl'>,
  { sequences, seed }: { sequences: number; seed: number },
): Promise<Figure> => {
  const half = Math.ceil(sequences / 2);
  type Orders = Omit<SplittingOrders, 'databaseUrl'>;
  const parts = await sideBySide(databaseUrl, 'splitting-child', {
    one: { sequences: half, seed } satisfies Orders,
    other: { sequences: half, seed: seed + 1 } satisfies Orders,
  });
  return {
    ...{ name: 'A6 splitting', runs: parts.runs, faults: 0, violations: parts.violations, seed },
    note: parts.figures.map(({ note }) => note ?? '').join('; '),
  };
};
