import { describe, expect, it, onTestFinished } from 'vitest';
import { MINUTE } from '#app/lib/instant.ts';
import { productOutcome } from '#app/services/operations/execution-result.ts';
import { creditedCharge } from '#tests/support/credited-charge.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

describe('an address that is not there', () => {
  const lost = { kind: 'refused', status: 404, code: null, message: 'no Route matched' } as const;
  it.each([
    ['contradicts what is known', lost, 'contradicted'],
    ['does so whatever the reason', { ...lost, code: 'no_customer' }, 'contradicted'],
    ['is not every no', { ...lost, status: 422 }, 'refused'],
  ])('%s', (_what, sent, kind) => expect(productOutcome(sent).kind).toBe(kind));

  it('does not fail credits that were booked before it was lost', async () => {
    const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
    onTestFinished(() => world.close());
    await creditedCharge(world);
    const { requestId } = await approvedRefund(world, { paymentId: 'ch_1', takeBack: 1_000 });
    const { productApi } = world;
    let lostUntil = 0;
    const gateway: typeof productApi = {
      ...productApi,
      // The first reply is lost; then the gateway knows no way to the product for some minutes.
      postAdjustment: async (sent) => {
        if (lostUntil === 0) {
          await productApi.postAdjustment(sent);
          lostUntil = world.now() + 5 * MINUTE;
          return { kind: 'unknown', message: 'the connection to the product failed' };
        }
        return world.now() < lostUntil ? lost : productApi.postAdjustment(sent);
      },
      readAdjustment: async (id) =>
        world.now() < lostUntil ? null : productApi.readAdjustment(id),
    };
    const steps = await processAll({ ...world, productApi: gateway }, requestId);
    expect(steps.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    expect(world.product.product.balance('org_1')).toBe(0);
  });
});
