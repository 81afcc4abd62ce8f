import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { HOUR } from '#app/lib/instant.ts';
import { startJobs } from '#app/server/start-jobs.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import { settleRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

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

it('asks by itself what became of a refund that Stripe left pending', async () => {
  const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
  onTestFinished(() => world.close());
  await world.charge('ch_1');
  world.sandbox.server.script.add({ fault: 'pending', charge: 'ch_1' });
  const { requestId } = await approvedRefund(world, { paymentId: 'ch_1' });
  const stepNow = async () => (await operationsOf(world.store.read, [requestId]))[0];
  await processAll(world, requestId);
  expect(await stepNow()).toMatchObject({ externalStatus: 'pending' });
  const [refund] = world.sandbox.world.all('refund');
  settleRefund(world.sandbox.world, refund ?? expect.fail(), { status: 'succeeded' });
  world.advance(HOUR);
  const jobs = startJobs({
    money: world,
    env: { SMTP_URL: undefined, MAIL_FROM: undefined, keyless: true },
    log: { info: () => undefined, error: (what: object) => expect.fail(JSON.stringify(what)) },
  });
  onTestFinished(() => jobs.stop());
  await vi.waitFor(
    async () => expect(await stepNow()).toMatchObject({ externalStatus: 'succeeded' }),
    { timeout: 8_000, interval: 50 },
  );
});
