import { describe, expect, it, onTestFinished } from 'vitest';
import { loadManualReview } from '#app/services/operations/manual-review/load-manual-review.ts';
import { reconcile } from '#app/services/reconciliation/reconcile.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import type { Carelessness } from '#scripts/sandbox/stripe/world.ts';
import { T } from '#tests/factories/records.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

/** Services beside a server of somebody else's that enforces nothing and is careless besides. */
const careless = async (
  lacks: Carelessness[],
  more: Partial<Parameters<typeof openMoneyWorld>[0]> = {},
) => {
  const databaseUrl = await freshDatabase();
  const world = await openMoneyWorld({ databaseUrl, lax: true, careless: lacks, ...more });
  onTestFinished(() => world.close());
  await world.charge('ch_1');
  await world.charge('ch_2');
  const refund = async (amount: number, paymentId = 'ch_1') => {
    const { requestId } = await approvedRefund(world, { paymentId, amount });
    const [step] = await processAll(world, requestId);
    return step ?? expect.fail();
  };
  const made = (charge = 'ch_1') =>
    world.sandbox.world.all('refund').filter((each) => each.charge === charge);
  return { world, refund, made };
};

const ALL: Carelessness[] = ['drops_metadata', 'ignores_filters', 'frozen_figures'];

describe('a server that enforces nothing', () => {
  it.each([
    [[]],
    ...ALL.map((one): [Carelessness[]] => [[one]]),
    [['ignores_filters', 'nameless_refunds'] satisfies Carelessness[]],
    [ALL],
  ])('and is careless %j gives back what was captured and no more', async (lacks) => {
    const { refund, made } = await careless(lacks);
    expect(await refund(3_000)).toMatchObject({ state: 'succeeded' });
    expect(await refund(3_000)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('$19.00 can still be refunded'),
    });
    expect(await refund(4_900, 'ch_2')).toMatchObject({ state: 'succeeded' });
    expect(await refund(1_900)).toMatchObject({ state: 'succeeded' });
    expect(await refund(1)).toMatchObject({ state: 'failed' });
    expect(made().map(({ amount }) => amount)).toEqual([3_000, 1_900]);
    expect(made('ch_2')).toHaveLength(1);
  });

  it.each(['reset_after', '500_after', 'hang_after'] as const)(
    'and loses our mark leaves a lost reply (%s) to a person',
    async (fault) => {
      const { world, refund, made } = await careless(['drops_metadata', 'frozen_figures']);
      world.sandbox.server.script.add({ fault, charge: 'ch_1' });
      expect(await refund(1_000)).toMatchObject({
        state: 'needs_review',
        error: expect.stringContaining('without our tag'),
      });
      expect(made()).toHaveLength(1);
    },
  );

  it('and keeps our mark is asked what became of a lost reply', async () => {
    const { world, refund, made } = await careless(['ignores_filters', 'frozen_figures']);
    world.sandbox.server.script.add({ fault: 'reset_after', charge: 'ch_1' });
    expect(await refund(1_000)).toMatchObject({ state: 'succeeded' });
    expect(made()).toHaveLength(1);
  });

  it('and lists no refunds leaves a lost reply to a person, who can see both figures', async () => {
    const { world, refund, made } = await careless(['empty_lists']);
    world.sandbox.server.script.add({ fault: 'reset_after', charge: 'ch_1' });
    expect(await refund(1_000)).toMatchObject({
      state: 'needs_review',
      error: expect.stringContaining('$10.00 more refunded than its list of refunds'),
    });
    expect(made()).toHaveLength(1);
  });

  it('and leaves out currencies can be compared with, and looked at in a review', async () => {
    const { world, refund } = await careless(['no_currency', 'drops_metadata']);
    expect(await refund(1_000, 'ch_2')).toMatchObject({ state: 'succeeded' });
    world.sandbox.server.script.add({ fault: 'reset_after', charge: 'ch_1' });
    const step = await refund(1_000);
    expect(step.state).toBe('needs_review');
    const review = await loadManualReview(world, [step]);
    expect(review?.theirs).toMatchObject({ refunds: [{ currency: 'usd', amount: 1_000 }] });
    const { drift } = await reconcile(world, T);
    expect(drift).toMatchObject([
      { kind: 'only_at_stripe', words: expect.stringContaining('of $10.00') },
    ]);
  });

  it('and gives every refund one id is not believed the second time', async () => {
    const { world, refund } = await careless([], { newTail: () => 'same' });
    expect(await refund(1_000)).toMatchObject({ state: 'succeeded' });
    const held = await refund(1_000, 'ch_2');
    expect(held).toMatchObject({
      state: 'needs_review',
      error: expect.stringContaining('belongs to another request'),
    });
    await processDueOperations(world);
    expect(world.sandbox.world.posts).toHaveLength(2);
  });
});

it('a refund like it that was there before does not keep one from sending again', async () => {
  const { world, refund, made } = await careless([]);
  world.sandbox.server.script.add({ fault: 'reset_before', charge: 'ch_2' });
  expect(await refund(1_000)).toMatchObject({ state: 'succeeded' });
  expect(await refund(1_000, 'ch_2')).toMatchObject({ state: 'succeeded' });
  expect(made('ch_2')).toHaveLength(1);
});
