import { expect, onTestFinished, test } from 'vitest';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { figureLine } from '#tests/reliability/scenarios/figure.ts';
import { logInjection } from '#tests/reliability/scenarios/log-injection.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

test('one event is one line, whatever is in it', { timeout: 120_000 }, async () => {
  const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
  onTestFinished(() => world.close());
  const figure = await logInjection(world);
  console.log(figureLine(figure));
  expect(figure.violations).toEqual([]);
  expect(figure.runs).toBeGreaterThanOrEqual(500);
});
