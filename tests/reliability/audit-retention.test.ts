import { expect, test } from 'vitest';
import { createIds } from '#app/lib/ids.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
import { figureLine } from '#tests/reliability/scenarios/figure.ts';
import { retention } from '#tests/reliability/scenarios/retention.ts';

const now = () => Date.parse('2026-06-01T03:00:00Z');

test('rows and facts leave the log by its own word alone, and the chain holds', async () => {
  const store = await freshStore();
  const { databaseUrl } = store;
  const figure = await retention({ store, databaseUrl, now, newId: createIds(now) });
  console.log(figureLine(figure));
  expect(figure.violations).toEqual([]);
  expect(figure.runs).toBeGreaterThan(25);
});
