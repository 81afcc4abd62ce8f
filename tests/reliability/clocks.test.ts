import { expect, it } from 'vitest';
import { SECOND } from '#app/lib/instant.ts';
import { databaseNow } from '#db/queries/deployment/console-clocks.ts';
import { clocks } from '#tests/reliability/scenarios/clocks.ts';
import { holds, worldOfTest } from '#tests/reliability/scenarios/in-test.ts';

it('clocks that are apart neither double nor delay a refund, and are told of', async () =>
  holds(await clocks(await worldOfTest(true))));

it('a server has a clock of its own, and a file the machine’s', async () => {
  const { store } = await worldOfTest();
  const at = await databaseNow(store);
  if (store.dialect === 'sqlite') expect(at).toBeNull();
  else expect(Math.abs((at ?? 0) - Date.now())).toBeLessThan(10 * SECOND);
});
