import { describe, expect, it } from 'vitest';
import { reconcile } from '#app/services/reconciliation/reconcile.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { findOperation } from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { makeRefund } from '#scripts/sandbox/stripe/refund-life.ts';
import { askRefund } from '#tests/support/remedy-world.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { patientWorldOfTest } from '#tests/reliability/scenarios/in-test.ts';
import { hirePeople, signedIn } from '#tests/reliability/scenarios/people.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

describe('a refund with our tag that this database does not know', () => {
  const refundAtStripe = (
    { sandbox }: Awaited<ReturnType<typeof patientWorldOfTest>>,
    metadata: { op: string; request: string },
    amount: number,
  ): void => {
    const charge = sandbox.world.get('charge', 'ch_1');
    if (!charge) throw new Error('no charge');
    makeRefund(sandbox.world, charge, { amount, reason: null, metadata });
  };
  const scene = async () => {
    const world = await patientWorldOfTest();
    await hirePeople(world);
    await world.charge('ch_1');
    return world;
  };

  it.each([
    ['of this very request is taken over', 1_000, 'succeeded'],
    ['of this very request in another amount goes to a person', 500, 'needs_review'],
  ])('%s', async (_name, amount, state) => {
    const world = await scene();
    const step = await approvedRefund(world, { paymentId: 'ch_1', amount: 1_000 });
    refundAtStripe(world, { op: 'op_of_before', request: step.requestId }, amount);
    await processAll(world, step.requestId);
    expect((await findOperation(world.store.read, step.id))?.state).toBe(state);
    expect((await findRequest(world.store.read, step.requestId))?.state).toBe(state);
    expect(world.sandbox.world.all('refund')).toHaveLength(1);
  });

  it('of another request keeps everything on the charge waiting, until it is in the book', async () => {
    const world = await scene();
    const step = await approvedRefund(world, { paymentId: 'ch_1', amount: 1_000 });
    refundAtStripe(world, { op: 'op_x', request: 'req_x' }, 1_000);
    await processAll(world, step.requestId);
    expect((await findOperation(world.store.read, step.id))?.state).toBe('needs_review');
    const asked = askRefund({ amount: 900, ground: 'technical_issue' });
    const agent = signedIn(world, world.sandbox.url, 'agent');
    const other = { ...asked, ground: 'charge_after_cancellation' } as const;
    const answer = await createRequest(agent, other);
    expect(JSON.stringify(answer)).toMatch(/for request req_x but unknown to this database/);
    expect(await reconcile(world, 0)).toMatchObject({ drift: [], moved: 1 });
    const again = await createRequest(agent, other);
    expect(JSON.stringify(again)).not.toMatch(/does not know/);
    expect(world.sandbox.world.all('refund')).toHaveLength(1);
  });
});
