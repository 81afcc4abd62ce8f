import { expect, test } from 'vitest';
import { makeIds } from '#app/platform/ids.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
import { figureLine } from '#tests/trust/battery/figure.ts';
import { retention } from '#tests/trust/battery/retention.ts';

const now = () => Date.parse('2026-06-01T03:00:00Z');

test('rows and facts leave the log by its own word alone, and the chain holds', async () => {
  const store = await freshStore();
  const { databaseUrl } = store;
  const figure = await retention({ store, databaseUrl, now, newId: makeIds(now) });
  console.log(figureLine(figure));
  expect(figure.violations).toEqual([]);
  expect(figure.runs).toBeGreaterThan(25);
});
