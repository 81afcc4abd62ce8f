import { HOUR } from '#app/lib/instant.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import { findOperation } from '#db/queries/operations/operations.ts';
import { approvedRefund } from '#tests/reliability/scenarios/approved-refund.ts';
import { checkRefund } from '#tests/reliability/scenarios/check-refund.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { processAll } from '#tests/reliability/scenarios/process-all.ts';

const FAULTS = ['hang_before', 'reset_before', '500_stored', '429', 'html_502'] as const;

/** M8: the outcome is unknown and 25 hours have gone by: nothing is sent any more, a person decides. */
export const prunedKey = async (world: MoneyWorld): Promise<Figure> => {
  const violations: string[] = [];
  for (const fault of FAULTS) {
    const charge = `ch_pruned_${fault}`;
    await world.charge(charge);
    world.sandbox.server.script.add({ fault, charge, done: false });
    const step = await approvedRefund(world, { paymentId: charge });
    await processDueOperations(world);
    const posts = world.sandbox.world.posts.length;
    world.advance(25 * HOUR);
    await processAll(world, step.requestId);
    const after = await findOperation(world.store.read, step.id);
    const again = world.sandbox.world.posts.length - posts;
    if (again !== 0) violations.push(`${fault}: sent ${again} times after 25 hours`);
    if (after?.state !== 'needs_review') violations.push(`${fault}: ${after?.state}`);
    if (!after?.lastSentAt || !after.lastReadBackAt || !after.error)
      violations.push(`${fault}: does not show both facts`);
    violations.push(...(await checkRefund(world, step)).map((what) => `${fault}: ${what}`));
  }
  return {
    name: 'M8 key pruned',
    runs: FAULTS.length,
    faults: FAULTS.length,
    violations,
    seed: null,
  };
};
