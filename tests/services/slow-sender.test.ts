import { describe, expect, it } from 'vitest';
import {
  LATEST_START,
  LONGEST_LOOK,
  LOOK_LEASE,
  SEND_AGAIN_AFTER,
  SEND_LEASE,
} from '#app/domain/requests/operation.ts';
import { TIMEOUT_MS as LONGEST_CALL } from '#app/outside/stripe/open-stripe.ts';
import { lookNoLonger } from '#app/services/money/look-no-longer.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { sendOperations } from '#app/services/money/send-operations.ts';
import { approvedRefund } from '#tests/trust/battery/approved-refund.ts';
import { checkRefund } from '#tests/trust/battery/check-refund.ts';
import { worldOfTest } from '#tests/trust/battery/in-test.ts';
import type { MoneyWorld } from '#tests/trust/battery/money-world.ts';

/** A refund at a Stripe that knows neither keys nor ceilings: what is sent twice is made twice. */
const oneRefund = async () => {
  const world = await worldOfTest(true);
  await world.charge('ch_1');
  const step = await approvedRefund(world, { paymentId: 'ch_1' });
  const made = () => world.sandbox.world.all('refund').length;
  return { world, step, made };
};

/** The same console, stopped at a point: `meanwhile` happens there. */
const stoppedAt = (
  world: MoneyWorld,
  stop: string,
  meanwhile: () => Promise<unknown>,
): MoneyDeps => ({
  ...world,
  owner: 'slow',
  point: async (point) => {
    if (point === stop) await meanwhile();
  },
});

describe('a sender that is slow', () => {
  it('looks no longer than it holds a step, and calls no longer than its call holds it', () => {
    expect(LONGEST_LOOK).toBeLessThan(LOOK_LEASE);
    expect(LATEST_START + LONGEST_CALL).toBeLessThan(SEND_LEASE);
    expect(SEND_LEASE).toBeLessThan(SEND_AGAIN_AFTER);
  });

  it('gives up looking by itself', async () => {
    const inTime = lookNoLonger(1);
    const never = new Promise<{ kind: 'found' }>(() => undefined);
    expect(await inTime(never)).toMatchObject({ kind: 'unreadable' });
    // Its time is over for whatever is read next.
    expect(await inTime(never)).toMatchObject({ kind: 'unreadable' });
    const read = lookNoLonger()(Promise.resolve({ kind: 'found' as const }));
    expect(await read).toEqual({ kind: 'found' });
    await expect(lookNoLonger()(Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  });

  it('sends nothing once another has taken its step up', async () => {
    const { world, step, made } = await oneRefund();
    const taken: number[] = [];
    const slow = stoppedAt(world, 'checked-live', async () => {
      world.advance(LOOK_LEASE - 1);
      taken.push((await sendOperations(world)).steps);
      world.advance(1);
      taken.push((await sendOperations(world)).steps);
    });
    await sendOperations(slow);
    expect(taken).toEqual([0, 1]);
    expect(made()).toBe(1);
    expect(await checkRefund(world, step)).toEqual([]);
  });

  it('sends nothing on what it has seen too long ago, though nobody else was there', async () => {
    const { world, step, made } = await oneRefund();
    await sendOperations(stoppedAt(world, 'checked-live', async () => world.advance(LOOK_LEASE)));
    expect(made()).toBe(0);
    await sendOperations(world);
    expect(made()).toBe(1);
    expect(await checkRefund(world, step)).toEqual([]);
  });

  it('sends nothing so late that another may be sending it by then', async () => {
    const { world, step, made } = await oneRefund();
    const slow = stoppedAt(world, 'recording-send', async () => world.advance(LATEST_START + 1));
    await sendOperations(slow);
    expect(made()).toBe(0);
    world.advance(SEND_AGAIN_AFTER);
    await sendOperations(world);
    expect(made()).toBe(1);
    expect(await checkRefund(world, step)).toEqual([]);
  });

  it('is not sent for while its own try may still arrive', async () => {
    const { world, step, made } = await oneRefund();
    const taken: number[] = [];
    const { createRefund } = world.stripe;
    const slow: MoneyDeps = {
      ...world,
      stripe: {
        ...world.stripe,
        createRefund: async (send) => {
          world.advance(SEND_LEASE - 1);
          taken.push((await sendOperations(world)).steps);
          // Looked up, and left alone.
          world.advance(1);
          taken.push((await sendOperations(world)).steps);
          return createRefund(send);
        },
      },
    };
    await sendOperations(slow);
    expect(taken).toEqual([0, 1]);
    world.advance(SEND_AGAIN_AFTER);
    await sendOperations(world);
    expect(made()).toBe(1);
    expect(await checkRefund(world, step)).toEqual([]);
  });

  it('lets go of a step whose outcome the database did not take, and finds it at the next look', async () => {
    const { world, step, made } = await oneRefund();
    let failures = 1;
    const slow = stoppedAt(world, 'followed-up', async () => {
      if (failures-- > 0) throw new Error('the database said no');
    });
    await expect(sendOperations(slow)).rejects.toThrow('could not be taken');
    expect(made()).toBe(1);
    expect((await sendOperations(slow)).steps).toBe(1);
    expect(await checkRefund(world, step)).toEqual([]);
  });
});
