import { describe, expect, it } from 'vitest';
import { LOOK_LEASE, SEND_AGAIN_AFTER, SEND_LEASE } from '#app/domain/requests/operation.ts';
import { sendOperations } from '#app/services/money/send-operations.ts';
import { findOperation } from '#db/queries/operations.ts';
import { approvedRefund } from '#tests/trust/battery/approved-refund.ts';
import { checkRefund } from '#tests/trust/battery/check-refund.ts';
import { worldOfTest } from '#tests/trust/battery/in-test.ts';

/** One sender that stops at a point for `pause` milliseconds of the clock, while another is at work. */
const overtaken = async (stop: string, pause: number) => {
  // Without idempotency keys and ceilings: what is sent twice is made twice.
  const world = await worldOfTest(true);
  await world.charge('ch_1');
  const step = await approvedRefund(world, { paymentId: 'ch_1' });
  let seenMeanwhile = 0;
  const slow = {
    ...world,
    owner: 'slow',
    point: async (point: string): Promise<void> => {
      if (point !== stop) return;
      world.advance(pause);
      seenMeanwhile = (await sendOperations(world)).steps;
    },
  };
  await sendOperations(slow);
  const made = () => world.sandbox.world.all('refund').length;
  const state = async () => (await findOperation(world.store.read, step.id))?.state;
  return { world, step, made, state, seenMeanwhile };
};

describe('a sender that is slow', () => {
  it('keeps its step as long as looking may last', async () => {
    const { world, step, seenMeanwhile, state } = await overtaken('checked-live', LOOK_LEASE - 1);
    expect(seenMeanwhile).toBe(0);
    expect(await state()).toBe('succeeded');
    expect(await checkRefund(world, step)).toEqual([]);
  });
  it('sends nothing once another has taken its step up', async () => {
    const { world, step, seenMeanwhile, made } = await overtaken('checked-live', LOOK_LEASE);
    expect(seenMeanwhile).toBe(1);
    expect(made()).toBe(1);
    expect(await checkRefund(world, step)).toEqual([]);
  });
  it('keeps its step from the record of a send as long as the call may last', async () => {
    const { world, step, seenMeanwhile } = await overtaken('send-recorded', SEND_LEASE - 1);
    expect(seenMeanwhile).toBe(0);
    expect(await checkRefund(world, step)).toEqual([]);
  });
  it('is not sent for by another while its own try may still arrive', async () => {
    expect(SEND_AGAIN_AFTER).toBeGreaterThan(SEND_LEASE);
    const { world, step, seenMeanwhile, made } = await overtaken('send-recorded', SEND_LEASE);
    // It was looked up, and left.
    expect(seenMeanwhile).toBe(1);
    world.advance(SEND_AGAIN_AFTER);
    await sendOperations(world);
    expect(made()).toBe(1);
    expect(await checkRefund(world, step)).toEqual([]);
  });
});
