import { describe, expect, it, onTestFinished } from 'vitest';
import { DAY, HOUR } from '#app/lib/instant.ts';
import { enqueueReconciliation } from '#app/services/reconciliation/enqueue-reconciliation.ts';
import { loadDiscrepancies } from '#app/services/reconciliation/load-discrepancies.ts';
import { runReconciliations } from '#app/services/reconciliation/reconciliation-job.ts';
import { latestReconciliations } from '#db/queries/operations/discrepancies.ts';
import { makeRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

const world = async () => {
  const money = await openMoneyWorld({ databaseUrl: await freshDatabase() });
  onTestFinished(() => money.close());
  await money.charge('ch_1');
  const actor = {
    staffId: 'stf_lead',
    name: 'lead',
    email: 'lead@demo.test',
    role: 'lead',
  } as const;
  const app = { ...money, actor, ticket: null, requestId: 'http_1', money };
  const begun = money.now();
  const elsewhere = (amount: number) => {
    const charge = money.sandbox.world.get('charge', 'ch_1') ?? expect.fail();
    return makeRefund(money.sandbox.world, charge, { amount, reason: null, metadata: {} });
  };
  return { money, app, elsewhere, run: () => runReconciliations(money, begun) };
};

describe('a comparison with Stripe', () => {
  it('is made every night once, and first after a night has begun', async () => {
    const { money, run } = await world();
    expect(await run()).toBe(false);
    // The night begins at four in the morning.
    money.advance(((28 * HOUR - (money.now() % DAY)) % DAY) - 1);
    expect(await run()).toBe(false);
    money.advance(1);
    expect(await run()).toBe(true);
    expect(await run()).toBe(false);
    money.advance(DAY);
    expect(await run()).toBe(true);
    const [latest] = await latestReconciliations(money.store.read, 1);
    expect(latest).toMatchObject({ askedBy: null, error: null, found: 0 });
  });

  it('that two ask for at once is one', async () => {
    const { money, app, run } = await world();
    const [one, two] = await Promise.all([enqueueReconciliation(app), enqueueReconciliation(app)]);
    expect(one.check.id).toBe(two.check.id);
    expect((await Promise.all([run(), run()])).filter(Boolean)).toHaveLength(1);
    expect(await latestReconciliations(money.store.read, 9)).toHaveLength(1);
  });

  it('that cannot read Stripe says so and leaves the list as it was', async () => {
    const { money, app, elsewhere, run } = await world();
    elsewhere(1_000);
    await enqueueReconciliation(app);
    await run();
    expect((await loadDiscrepancies(app)).rows).toHaveLength(1);
    await money.sandbox.close();
    money.advance(HOUR);
    await enqueueReconciliation(app);
    expect(await run()).toBe(true);
    const page = await loadDiscrepancies(app);
    expect(page.rows).toHaveLength(1);
    expect(page.latest?.error).toBeTruthy();
    expect(page.wholeAt).toBeLessThan(page.latest?.endedAt ?? 0);
    // Nobody needs to ask: an hour later it is tried again.
    money.advance(HOUR - 1);
    expect(await run()).toBe(false);
    money.advance(1);
    expect(await run()).toBe(true);
  });

  it('that a process has left behind is taken up by another, half an hour later', async () => {
    const { money, app, run } = await world();
    const cut = { ...money, point: () => Promise.reject(new Error('the process ends here')) };
    await enqueueReconciliation(app);
    await expect(runReconciliations(cut, 0)).rejects.toThrow('the process ends here');
    expect(await run()).toBe(false);
    money.advance(HOUR / 2);
    expect(await run()).toBe(true);
  });

  it('finds again what is older than a month while it still differs', async () => {
    const { money, app, elsewhere, run } = await world();
    elsewhere(1_000);
    await enqueueReconciliation(app);
    await run();
    const [known] = (await loadDiscrepancies(app)).rows;
    money.advance(45 * DAY);
    await enqueueReconciliation(app);
    await run();
    expect((await loadDiscrepancies(app)).rows).toMatchObject([
      { id: known?.id, lastSeenAt: money.now() },
    ]);
  });
});
