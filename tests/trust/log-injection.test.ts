import { expect, onTestFinished, test } from 'vitest';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { figureLine } from '#tests/trust/battery/figure.ts';
import { logInjection } from '#tests/trust/battery/log-injection.ts';
import { openMoneyWorld } from '#tests/trust/battery/money-world.ts';

test('one event is one line, whatever is in it', { timeout: 120_000 }, async () => {
  const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
  onTestFinished(() => world.close());
  const figure = await logInjection(world);
  console.log(figureLine(figure));
  expect(figure.violations).toEqual([]);
  expect(figure.runs).toBeGreaterThanOrEqual(500);
});
