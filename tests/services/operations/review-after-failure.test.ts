import { describe, expect, it, onTestFinished } from 'vitest';
import { DAY } from '#app/lib/instant.ts';
import { resolveManualReview } from '#app/services/operations/manual-review/resolve-manual-review.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { creditedCharge, refundComesBack } from '#tests/support/credited-charge.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { openMoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

/** A refund that takes `takeBack` credits with it; the rest is what may become of it. */
const refunded = async (takeBack: number) => {
  const world = await openMoneyWorld({ databaseUrl: await freshDatabase() });
  onTestFinished(() => world.close());
  await creditedCharge(world);
  const { requestId } = await approvedRefund(world, { paymentId: 'ch_1', takeBack });
  const steps = () => operationsOf(world.store.read, [requestId]);
  const open = async () =>
    (await steps()).find(({ state }) => state === 'needs_review') ?? expect.fail();
  const saysItDidNotHappen = async () => {
    const { id: operationId, version } = await open();
    const actor = { staffId: 'stf_f', name: 'f', email: 'f@demo.test', role: 'finance' } as const;
    return resolveManualReview(
      { ...world, actor, ticket: null },
      { operationId, version, reason: 'looked at it', answer: { kind: 'did_not_happen' } },
    );
  };
  return { world, requestId, steps, open, saysItDidNotHappen };
};

/** It came back after its credits were taken, and nobody knows whether they were returned. */
const returnInReview = async () => {
  const given = await refunded(1_000);
  const { world, requestId, open } = given;
  await processAll(world, requestId);
  world.product.faults.push({ method: 'POST', times: 1, ms: 0, fault: '500_before' });
  await refundComesBack(world);
  await processDueOperations(world);
  world.advance(DAY);
  await processDueOperations(world);
  expect((await open()).credits).toBe(1_000);
  return given;
};

describe('a review of what followed a refund that came back', () => {
  it('closes a step whose refund came back meanwhile, and leaves the request failed', async () => {
    const { world, requestId, steps, saysItDidNotHappen } = await refunded(500);
    world.product.faults.push({ method: 'POST', times: 9, ms: 0, fault: '500_before' });
    await processDueOperations(world);
    await processDueOperations(world);
    await refundComesBack(world);
    await processDueOperations(world);
    const state = async () => (await findRequest(world.store.read, requestId))?.state;
    expect(await state()).toBe('failed');
    expect(await saysItDidNotHappen()).toEqual({ kind: 'done' });
    expect((await steps()).map((step) => step.state)).toEqual(['failed', 'canceled']);
    expect(await state()).toBe('failed');
  });

  it('returns credits anew whose return never happened', async () => {
    const { world, requestId, steps, saysItDidNotHappen } = await returnInReview();
    expect(await saysItDidNotHappen()).toEqual({ kind: 'done' });
    await processAll(world, requestId);
    expect((await steps()).map(({ credits, state }) => [credits, state])).toEqual([
      [null, 'failed'],
      [-1_000, 'succeeded'],
      [1_000, 'canceled'],
      [1_000, 'succeeded'],
    ]);
    expect(world.product.product.balance('org_1')).toBe(1_000);
  });

  it('returns nothing by itself beside what the product has booked wrongly', async () => {
    const { world, requestId, steps, open, saysItDidNotHappen } = await returnInReview();
    const { id } = await open();
    world.product.product.adjust(
      {
        ...{ id, customerId: 'org_1', credits: 400, reason: 'refund_failed' },
        ...{ requestedBy: 'stf_agent', decidedBy: null },
      },
      '{}',
    );
    expect(await saysItDidNotHappen()).toEqual({ kind: 'done' });
    await processAll(world, requestId);
    expect((await steps()).map(({ state }) => state)).toEqual(['failed', 'succeeded', 'canceled']);
    expect(world.product.product.balance('org_1')).toBe(400);
  });
});
