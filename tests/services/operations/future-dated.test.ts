import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import { enqueue } from '#app/services/reconciliation/enqueue-reconciliation.ts';
import { runReconciliations } from '#app/services/reconciliation/reconciliation-job.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import {
  claimReconciliation,
  latestReconciliations,
} from '#db/queries/operations/discrepancies.ts';
import { claimMail } from '#db/queries/operations/mail.ts';
import { findOperation } from '#db/queries/operations/operations.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { worldOfTest } from '#tests/reliability/scenarios/in-test.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';
import { untold } from '#tests/support/unreported-refund.ts';

it('an approval dated 6 hours ahead delays no refund', async () => {
  const world = await worldOfTest();
  await world.charge('ch_1');
  const ahead = { ...world, now: () => world.now() + 6 * HOUR };
  const step = await approvedRefund(ahead, { paymentId: 'ch_1' });
  const begun = world.now();
  await processAll(world, step.requestId);
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
  await expect(processDueOperations(dying)).rejects.toThrow('steps could not be taken');
  expect(world.sandbox.world.all('refund')).toHaveLength(1);
  const begun = world.now();
  await processAll(world, step.requestId);
  expect((await findOperation(world.store.read, step.id))?.state).toBe('succeeded');
  expect(world.now() - begun).toBeLessThan(5 * MINUTE);
  expect(world.sandbox.world.all('refund')).toHaveLength(1);
});

/** A letter of a refund, written by a clock that is ahead: it is set back before anything leaves. */
const untoldAhead = async (ahead: number) => {
  const made = await untold();
  made.world.advance(-ahead);
  return made;
};

it('a letter dated 6 hours ahead leaves at once', async () => {
  const { deliver, server, rows, world } = await untoldAhead(6 * HOUR);
  expect(await deliver()).toBe(1);
  expect(server.delivered).toHaveLength(1);
  const [row] = await rows();
  expect(row?.createdAt).toBe(world.now());
});

it('a letter that was put off by a clock 3 hours ahead waits for its own pause and no longer', async () => {
  const { deliver, server, rows, world } = await untold();
  server.faults.push('try_later');
  expect(await deliver()).toBe(0);
  world.advance(-3 * HOUR);
  expect(await deliver()).toBe(0);
  expect(await rows()).toMatchObject([{ nextTryAt: world.now() + MINUTE }]);
  world.advance(MINUTE);
  expect(await deliver()).toBe(1);
});

it('a letter that a sender held whose clock was a day ahead is taken over within minutes', async () => {
  const { deliver, rows, world } = await untold();
  const [letter] = await rows();
  if (letter === undefined) throw new Error('there is no letter');
  const lease = { owner: 'dead', until: world.now() + DAY };
  expect(await world.store.write((tx) => claimMail(tx, letter, lease))).not.toBeNull();
  expect(await deliver()).toBe(0);
  world.advance(6 * MINUTE);
  expect(await deliver()).toBe(1);
});

it('a comparison with Stripe that a clock a month ahead has dated or taken stands in no night’s way', async () => {
  const world = await worldOfTest();
  const ahead = { ...world, now: () => world.now() + 30 * DAY };
  await world.store.write((tx) => enqueue(ahead, tx, null));
  const [asked] = await latestReconciliations(world.store.read, 1);
  const lease = { now: ahead.now(), until: ahead.now() + 30 * MINUTE };
  await world.store.write((tx) => claimReconciliation(tx, asked?.id ?? '', lease));
  const begun = world.now();
  expect(await runReconciliations(world, begun)).toBe(true);
  world.advance(DAY);
  expect(await runReconciliations(world, begun)).toBe(true);
  expect(await runReconciliations(world, begun)).toBe(false);
});
