import { describe, expect, it, onTestFinished } from 'vitest';
import { DAY, HOUR } from '#app/domain/instant.ts';
import { askForDriftCheck } from '#app/services/money/ask-for-drift-check.ts';
import { loadDrift } from '#app/services/money/load-drift.ts';
import { runDriftChecks } from '#app/services/money/run-drift-checks.ts';
import { latestDriftChecks } from '#db/queries/drift.ts';
import { makeRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { openMoneyWorld } from '#tests/trust/battery/money-world.ts';

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
  return { money, app, elsewhere, run: () => runDriftChecks(money, begun) };
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
    const [latest] = await latestDriftChecks(money.store.read, 1);
    expect(latest).toMatchObject({ askedBy: null, error: null, found: 0 });
  });

  it('that two ask for at once is one', async () => {
    const { money, app, run } = await world();
    const [one, two] = await Promise.all([askForDriftCheck(app), askForDriftCheck(app)]);
    expect(one.check.id).toBe(two.check.id);
    expect((await Promise.all([run(), run()])).filter(Boolean)).toHaveLength(1);
    expect(await latestDriftChecks(money.store.read, 9)).toHaveLength(1);
  });

  it('that cannot read Stripe says so and leaves the list as it was', async () => {
    const { money, app, elsewhere, run } = await world();
    elsewhere(1_000);
    await askForDriftCheck(app);
    await run();
    expect((await loadDrift(app)).rows).toHaveLength(1);
    await money.sandbox.close();
    money.advance(HOUR);
    await askForDriftCheck(app);
    expect(await run()).toBe(true);
    const page = await loadDrift(app);
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
    await askForDriftCheck(app);
    await expect(runDriftChecks(cut, 0)).rejects.toThrow('the process ends here');
    expect(await run()).toBe(false);
    money.advance(HOUR / 2);
    expect(await run()).toBe(true);
  });

  it('finds again what is older than a month while it still differs', async () => {
    const { money, app, elsewhere, run } = await world();
    elsewhere(1_000);
    await askForDriftCheck(app);
    await run();
    const [known] = (await loadDrift(app)).rows;
    money.advance(45 * DAY);
    await askForDriftCheck(app);
    await run();
    expect((await loadDrift(app)).rows).toMatchObject([{ id: known?.id, lastSeenAt: money.now() }]);
  });
});
