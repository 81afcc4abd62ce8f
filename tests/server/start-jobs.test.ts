import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startJobs } from '#app/server/start-jobs.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

it('a mail server that takes a call and says nothing holds no refund up', async () => {
  const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
  const callers = new Set<Socket>();
  const silent = createServer((caller) => callers.add(caller)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const called = once(silent, 'connection');
  const problems: object[] = [];
  const money = startJobs({
    money: world,
    env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'support@example.test', keyless: true },
    log: { info: () => undefined, error: (what: object) => problems.push(what) },
  });
  onTestFinished(async () => {
    for (const caller of callers) caller.destroy();
    await money.stop();
    silent.close();
    await world.close();
  });
  const refund = async (paymentId: string) => {
    await world.charge(paymentId);
    const { requestId } = await approvedRefund(world, { paymentId });
    return () =>
      vi.waitFor(
        async () => {
          const [step] = await operationsOf(world.store.read, [requestId]);
          expect(step?.state).toBe('succeeded');
        },
        { timeout: 8_000, interval: 50 },
      );
  };
  const first = await refund('ch_1');
  await first();
  // The customer's mail hangs from here on.
  await called;
  const second = await refund('ch_2');
  await second();
  expect(problems).toEqual([]);
});
