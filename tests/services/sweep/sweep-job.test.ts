import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import { startSweepJob } from '#app/services/sweep/sweep-job.ts';
import { findAccount } from '#db/queries/book/accounts.ts';
import { account } from '#db/schema/account.ts';
import { entry, invoiced, paid, T } from '#tests/factories/records.ts';
import { sweepWorld } from '#tests/support/sweep-world.ts';
import type { SweepWorld } from '#tests/support/sweep-world.ts';

const missing = [
  entry({ id: 'le_0', kind: 'adjustment', credits: 100, occurredAt: T - HOUR }),
  invoiced({ id: 'in_1', paymentIds: ['ch_1'] }),
  paid({ id: 'ch_1' }),
];

/** A timer whose pauses end when the test says so. */
const start = (world: SweepWorld) => {
  const logged: string[] = [];
  const pauses: number[] = [];
  let wake = (): void => undefined;
  let asleep = (): void => undefined;
  let sleeping = new Promise<void>((resolve) => (asleep = resolve));
  const log = {
    info: (_: object, message: string) => void logged.push(message),
    error: (_: object, message: string) => void logged.push(message),
  };
  const timer = startSweepJob(
    { ...world, log },
    {
      wait: (milliseconds, signal) => {
        pauses.push(milliseconds);
        asleep();
        return new Promise<void>((resolve) => {
          wake = resolve;
          signal.addEventListener('abort', () => resolve());
        });
      },
    },
  );
  return {
    logged,
    pauses,
    stop: timer.stop,
    /** Resolves when the look at hand has ended. */
    looked: () => sleeping,
    /** Ends the pause and resolves when the next look has ended. */
    look: async () => {
      await sleeping;
      sleeping = new Promise<void>((resolve) => (asleep = resolve));
      wake();
      await sleeping;
    },
  };
};

describe('the timer', () => {
  it('makes a flag at the fifteenth minute and not before', async () => {
    const world = await sweepWorld();
    world.at(T + MINUTE);
    await world.put(...missing);
    const timer = start(world);
    await timer.looked();
    world.at(T + 15 * MINUTE - 1);
    await timer.look();
    expect(await world.flags()).toEqual([]);
    world.at(T + 15 * MINUTE);
    await timer.look();
    expect(await world.flag()).toMatchObject({
      rule: 'missing-credits',
      openedAt: T + 15 * MINUTE,
    });
    expect(timer.pauses).toEqual([1_000, 1_000, 1_000]);
    await timer.stop();
  });

  it('lives through an error, which leaves nothing half done', async () => {
    const world = await sweepWorld();
    await world.put(...missing);
    let failures = 1;
    const newId = (prefix: string): string => {
      if (prefix === 'fev' && failures-- > 0) throw new Error('no more ids');
      return world.newId(prefix);
    };
    const timer = start({ ...world, newId });
    await timer.looked();
    expect(timer.logged).toEqual(['sweep failed']);
    expect(timer.pauses).toEqual([5_000]);
    expect(await world.flags()).toEqual([]);
    await timer.look();
    expect(await world.history()).toEqual(['opened']);
    await timer.stop();
  });

  it('looks at the whole book at 03:00 UTC', async () => {
    const world = await sweepWorld();
    await world.put(...missing);
    const timer = start(world);
    await timer.looked();
    const spoil = () =>
      world.store.write(async (tx) => {
        await tx.update(account).set({ total: 7 }).returning({ id: account.customerId });
      });
    const total = async () => (await findAccount(world.store.read, 'org_1'))?.total;
    await spoil();
    world.at(Math.floor(T / DAY) * DAY + DAY + 3 * HOUR - 1);
    await timer.look();
    expect(await total()).toBe(7);
    world.at(Math.floor(T / DAY) * DAY + DAY + 3 * HOUR);
    await timer.look();
    expect(await total()).toBe(100);
    await spoil();
    await timer.look();
    expect(await total()).toBe(7);
    await timer.stop();
  });

  it('stops while it waits', async () => {
    const timer = start(await sweepWorld());
    await timer.looked();
    await timer.stop();
    expect(timer.pauses).toHaveLength(1);
  });
});
