import { expect, onTestFinished } from 'vitest';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { figureLine } from '#tests/trust/battery/figure.ts';
import type { Figure } from '#tests/trust/battery/figure.ts';
import { openMoneyWorld } from '#tests/trust/battery/money-world.ts';
import type { MoneyWorld } from '#tests/trust/battery/money-world.ts';

/** A world that is closed when the test ends. `lax`: its Stripe enforces nothing. */
export const worldOfTest = async (lax = false): Promise<MoneyWorld> => {
  const opened = await openMoneyWorld({ databaseUrl: await freshDatabase(), lax });
  onTestFinished(() => opened.close());
  return opened;
};

/** Prints the figure; no violation is what is wanted, and that something was run at all. */
export const holds = (figure: Figure): void => {
  console.log(figureLine(figure));
  expect(figure.violations).toEqual([]);
  expect(figure.runs).toBeGreaterThan(0);
};
