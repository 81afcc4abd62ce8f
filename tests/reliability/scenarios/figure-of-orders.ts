import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

/**
 * A battery as a process of its own: opens a world as the orders on the command line have it, and prints
 * the figure. The other end is figure-of-child.
 */
export const printFigureOf = async <Orders extends { databaseUrl: string; lax?: boolean }>(
  battery: (world: MoneyWorld, orders: Orders) => Promise<Figure>,
): Promise<never> => {
  // Given by figure-of-child, which is the only one to start these.
  const orders = JSON.parse(process.argv[2] ?? '{}') as Orders;
  const world = await openMoneyWorld(orders);
  const figure = await battery(world, orders);
  await world.close();
  process.stdout.write(`${JSON.stringify(figure)}\n`);
  process.exit(0);
};
