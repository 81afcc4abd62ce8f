import { expect, onTestFinished } from 'vitest';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { figureLine } from '#tests/reliability/scenarios/figure.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import { moneyDoors, openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

/** A world that is closed when the test ends. `lax`: its Stripe enforces nothing. */
export const worldOfTest = async (lax = false): Promise<MoneyWorld> => {
  const opened = await openMoneyWorld({ databaseUrl: await freshDatabase(), lax });
  onTestFinished(() => opened.close());
  return opened;
};

/** The same, whose console waits as long as a busy machine needs: nothing is away in it. */
export const patientWorldOfTest = async (): Promise<MoneyWorld> => {
  const world = await worldOfTest();
  const { now, productUrl, sandbox } = world;
  return { ...world, ...moneyDoors({ now, productUrl, stripeUrl: sandbox.url, timeout: 10_000 }) };
};

/** Prints the figure; no violation is what is wanted, and that something was run at all. */
export const holds = (figure: Figure): void => {
  console.log(figureLine(figure));
  expect(figure.violations).toEqual([]);
  expect(figure.runs).toBeGreaterThan(0);
};
