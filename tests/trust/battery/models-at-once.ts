import type { Figure } from '#tests/trust/battery/figure.ts';
import { figureOfChild } from '#tests/trust/battery/figure-of-child.ts';
import type { ModelOrders } from '#tests/trust/battery/model-child.ts';
import type { MoneyWorld } from '#tests/trust/battery/money-world.ts';
import { siblingDatabase } from '#tests/trust/battery/sibling-database.ts';

/**
 * M12 on two processors: half of the runs against a strict Stripe, half against one that enforces
 * neither ceilings nor keys.
 */
export const modelsAtOnce = async (
  world: Pick<MoneyWorld, 'databaseUrl'>,
  { runs, seed }: { runs: number; seed: number },
): Promise<Figure> => {
  const half = Math.ceil(runs / 2);
  const started = performance.now();
  const figures = await Promise.all(
    [false, true].map(async (lax) => {
      const databaseUrl = await siblingDatabase(world.databaseUrl, lax ? 'lax' : 'strict');
      const orders: ModelOrders = { databaseUrl, lax, runs: half, seed: seed + Number(lax) };
      const figure = await figureOfChild('model-child', orders);
      return { ...figure, kind: lax ? 'enforcing nothing' : 'strict' };
    }),
  );
  const rate = (2 * half * 1_000) / (performance.now() - started);
  return {
    ...{ name: 'M12 model', seed, runs: 2 * half },
    faults: figures.reduce((sum, { faults }) => sum + faults, 0),
    violations: figures.flatMap(({ violations }) => violations),
    note:
      `${rate.toFixed(1)} runs a second; ` +
      figures.map(({ kind, note }) => `${kind}: ${note ?? ''}`).join('; '),
  };
};
