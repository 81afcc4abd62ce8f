import { loadRequestQueue } from '#app/services/requests/views/load-request-queue.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import type { MoneyWorld } from '#tests/reliability/scenarios/money-world.ts';

const OPEN = ['waiting', 'ready', 'sending', 'needs_review'];

/** Whether a refund is made and its credits are not yet taken, and if so whether the queue says so. */
export const halfListed = async (
  world: MoneyWorld,
  requestId: string,
): Promise<'whole' | 'listed' | 'not listed'> => {
  const [refund, takeBack] = await operationsOf(world.store.read, [requestId]);
  const half = refund?.state === 'succeeded' && OPEN.includes(takeBack?.state ?? '');
  const actor = {
    staffId: 'stf_auditor',
    name: 'A',
    email: 'a@demo.test',
    role: 'auditor',
  } as const;
  const { open } = await loadRequestQueue({ ...world, actor, ticket: null });
  const words = open.find(({ id }) => id === requestId)?.halfDone ?? null;
  if (!half) return words === null ? 'whole' : 'not listed';
  return words?.includes('Remaining: taking back') === true ? 'listed' : 'not listed';
};
