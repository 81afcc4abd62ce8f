import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { ModelOrders } from '#tests/reliability/scenarios/model-child.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { sideBySide } from '#tests/reliability/scenarios/side-by-side.ts';

/**
 * M12 on two processors: half of the runs against a strict Stripe, half against one that enforces
 * neither ceilings nor keys.
 */
export const modelsAtOnce = async (
  { databaseUrl }: Pick<MoneyWorld, 'databaseUrl'>,
  { runs, seed }: { runs: number; seed: number },
): Promise<Figure> => {
  const half = Math.ceil(runs / 2);
  type Orders = Omit<ModelOrders, 'databaseUrl'>;
  const parts = await sideBySide(databaseUrl, 'model-child', {
    strict: { lax: false, runs: half, seed } satisfies Orders,
    lax: { lax: true, runs: half, seed: seed + 1 } satisfies Orders,
  });
  const [strict, lax] = parts.figures.map(({ note }) => note ?? '');
  return {
    ...{ name: 'M12 model', seed, runs: parts.runs },
    ...{ faults: parts.faults, violations: parts.violations },
    note:
      `${(parts.runs / parts.seconds).toFixed(1)} runs a second; ` +
      `strict: ${strict}; enforcing nothing: ${lax}`,
  };
};
