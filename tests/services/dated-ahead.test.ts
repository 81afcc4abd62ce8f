import { expect, it } from 'vitest';
import { HOUR, MINUTE } from '#app/domain/instant.ts';
import { sendOperations } from '#app/services/money/send-operations.ts';
import { findOperation } from '#db/queries/operations.ts';
import { approvedRefund } from '#tests/trust/battery/approved-refund.ts';
import { worldOfTest } from '#tests/trust/battery/in-test.ts';
import { settleAll } from '#tests/trust/battery/settle-all.ts';

it('an approval dated 6 hours ahead delays no refund', async () => {
  const world = await worldOfTest();
  await world.charge('ch_1');
  const ahead = { ...world, now: () => world.now() + 6 * HOUR };
  const step = await approvedRefund(ahead, { paymentId: 'ch_1' });
  const begun = world.now();
  await settleAll(world, step.requestId);
  expect((await findOperation(world.store.read, step.id))?.state).toBe('succeeded');
  expect(world.now() - begun).toBeLessThan(2 * MINUTE);
  expect(world.sandbox.world.all('refund')).toHaveLength(1);
});

it('a console whose clock was an hour ahead dies while it sends: one refund, and soon', async () => {
  const world = await worldOfTest();
  await world.charge('ch_1');
  const step = await approvedRefund(world, { paymentId: 'ch_1' });
  const dying = {
    ...{ ...world, owner: 'ahead', now: () => world.now() + HOUR },
    point: (name: string) => {
      if (name === 'answered') throw new Error('it ends here');
    },
  };
  await expect(sendOperations(dying)).rejects.toThrow('steps could not be taken');
  expect(world.sandbox.world.all('refund')).toHaveLength(1);
  const begun = world.now();
  await settleAll(world, step.requestId);
  expect((await findOperation(world.store.read, step.id))?.state).toBe('succeeded');
  expect(world.now() - begun).toBeLessThan(5 * MINUTE);
  expect(world.sandbox.world.all('refund')).toHaveLength(1);
});
