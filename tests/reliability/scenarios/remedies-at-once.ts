import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import type { RemediesOrders } from '#tests/reliability/scenarios/remedies-child.ts';
import { sideBySide } from '#tests/reliability/scenarios/side-by-side.ts';

/** X1 on two processors. */
export const remediesAtOnce = async (
  { databaseUrl }: Pick<MoneyWorld, 'databaseUrl'>,
  { sequences, seed }: { sequences: number; seed: number },
): Promise<Figure> => {
  const half = Math.ceil(sequences / 2);
  type Orders = Omit<RemediesOrders, 'databaseUrl'>;
  const { runs, violations, figures } = await sideBySide(databaseUrl, 'remedies-child', {
    one: { sequences: half, seed } satisfies Orders,
    other: { sequences: half, seed: seed + 1 } satisfies Orders,
  });
  const note = figures.flatMap((figure) => figure.note ?? []).join('; ');
  return { name: 'X1 remedies', runs, faults: 0, violations, seed, note };
};
