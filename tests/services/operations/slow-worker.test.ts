import { describe, expect, it } from 'vitest';
import {
  LATEST_START,
  LONGEST_READ,
  READ_LEASE,
  SEND_AGAIN_AFTER,
  SEND_LEASE,
} from '#app/domain/operations/operation.ts';
import { TIMEOUT_MS as LONGEST_CALL } from '#app/integrations/stripe/create-stripe.ts';
import { createDeadline } from '#app/lib/deadline.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { checkRefund } from '#tests/reliability/scenarios/check-refund.ts';
import { worldOfTest } from '#tests/reliability/scenarios/in-test.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

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
): RemedyDeps => ({
  ...world,
  owner: 'slow',
  point: async (point) => {
    if (point === stop) await meanwhile();
  },
});

describe('a sender that is slow', () => {
  it('looks no longer than it holds a step, and calls no longer than its call holds it', () => {
    expect(LONGEST_READ).toBeLessThan(READ_LEASE);
    expect(LATEST_START + LONGEST_CALL).toBeLessThan(SEND_LEASE);
    expect(SEND_LEASE).toBeLessThan(SEND_AGAIN_AFTER);
  });

  it('gives up looking by itself', async () => {
    const inTime = createDeadline(1);
    const never = new Promise<{ kind: 'found' }>(() => undefined);
    expect(await inTime(never)).toMatchObject({ kind: 'unreadable' });
    // Its time is over for whatever is read next.
    expect(await inTime(never)).toMatchObject({ kind: 'unreadable' });
    const read = createDeadline(LONGEST_READ)(Promise.resolve({ kind: 'found' as const }));
    expect(await read).toEqual({ kind: 'found' });
    await expect(createDeadline(LONGEST_READ)(Promise.reject(new Error('gone')))).rejects.toThrow(
      'gone',
    );
  });

  it('sends nothing once another has taken its step up', async () => {
    const { world, step, made } = await oneRefund();
    const taken: number[] = [];
    const slow = stoppedAt(world, 'checked-live', async () => {
      world.advance(READ_LEASE - 1);
      taken.push((await processDueOperations(world)).steps);
      world.advance(1);
      taken.push((await processDueOperations(world)).steps);
    });
    await processDueOperations(slow);
    expect(taken).toEqual([0, 1]);
    expect(made()).toBe(1);
    expect(await checkRefund(world, step)).toEqual([]);
  });

  it('sends nothing on what it has seen too long ago, though nobody else was there', async () => {
    const { world, step, made } = await oneRefund();
    await processDueOperations(
      stoppedAt(world, 'checked-live', async () => world.advance(READ_LEASE)),
    );
    expect(made()).toBe(0);
    await processDueOperations(world);
    expect(made()).toBe(1);
    expect(await checkRefund(world, step)).toEqual([]);
  });

  it('sends nothing so late that another may be sending it by then', async () => {
    const { world, step, made } = await oneRefund();
    const slow = stoppedAt(world, 'recording-send', async () => world.advance(LATEST_START + 1));
    await processDueOperations(slow);
    expect(made()).toBe(0);
    world.advance(SEND_AGAIN_AFTER);
    await processDueOperations(world);
    expect(made()).toBe(1);
    expect(await checkRefund(world, step)).toEqual([]);
  });

  it('is not sent for while its own try may still arrive', async () => {
    const { world, step, made } = await oneRefund();
    const taken: number[] = [];
    const { createRefund } = world.stripe;
    const slow: RemedyDeps = {
      ...world,
      stripe: {
        ...world.stripe,
        createRefund: async (send) => {
          world.advance(SEND_LEASE - 1);
          taken.push((await processDueOperations(world)).steps);
          // Looked up, and left alone.
          world.advance(1);
          taken.push((await processDueOperations(world)).steps);
          return createRefund(send);
        },
      },
    };
    await processDueOperations(slow);
    expect(taken).toEqual([0, 1]);
    world.advance(SEND_AGAIN_AFTER);
    await processDueOperations(world);
    expect(made()).toBe(1);
    expect(await checkRefund(world, step)).toEqual([]);
  });

  it('lets go of a step whose outcome the database did not take, and finds it at the next look', async () => {
    const { world, step, made } = await oneRefund();
    let failures = 1;
    const slow = stoppedAt(world, 'followed-up', async () => {
      if (failures-- > 0) throw new Error('the database said no');
    });
    await expect(processDueOperations(slow)).rejects.toThrow('could not be taken');
    expect(made()).toBe(1);
    expect((await processDueOperations(slow)).steps).toBe(1);
    expect(await checkRefund(world, step)).toEqual([]);
  });
});
