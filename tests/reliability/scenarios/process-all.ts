import { SECOND } from '#app/lib/instant.ts';
import { processDueOperations } from '#app/services/operations/operation-worker.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import type { Operation } from '#app/domain/operations/operation.ts';

const ENDS = ['succeeded', 'failed', 'needs_review', 'canceled'];
/** Of 20 seconds: longer than any way to an end, the 23 hours of a key apart. */
const MOST_PASSES = 120;

/** Lets a sender look every 20 seconds until a request's steps have ended; answers the steps. */
export const processAll = async (world: MoneyWorld, requestId: string): Promise<Operation[]> => {
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    await processDueOperations(world);
    const steps = await operationsOf(world.store.read, [requestId]);
    if (steps.every(({ state }) => ENDS.includes(state))) return steps;
    world.advance(20 * SECOND);
  }
  return operationsOf(world.store.read, [requestId]);
};
