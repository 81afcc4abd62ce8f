import { LOOK_LEASE } from '#app/domain/requests/operation.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import type { RequestState } from '#app/domain/requests/request.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { moveRequest } from '#app/services/money/move-request.ts';
import { isUniqueViolation } from '#db/errors.ts';
import { claimOperation as claimRow } from '#db/queries/operation-steps.ts';
import { changeOperation } from '#db/queries/operations.ts';
import { findRequest } from '#db/queries/requests.ts';
import { heldSince } from '#db/queries/restorations.ts';
import type { Tx } from '#db/store.ts';

/**
 * States in which a step of the request may begin. In a review it is the step behind the one that a person
 * has taken over; of a failed request, the return of credits.
 */
const BEGINS_IN: readonly RequestState[] = ['approved', 'sending', 'needs_review', 'failed'];

/**
 * Takes a due step for this process; the request it begins with is `sending` from then on. Null where
 * another sender has it, another refund of the payment is under way, or the request is no longer
 * approved: then its step is taken back and nothing is ever sent.
 */
export const claimOperation = async (
  deps: MoneyDeps,
  due: Operation,
): Promise<Operation | null> => {
  try {
    return await deps.store.write((tx) => claim(deps, tx, due));
  } catch (error) {
    // Two senders took two refunds of one payment in the same moment: one of them has it.
    if (isUniqueViolation(error, 'operation_sending_refund')) return null;
    throw error;
  }
};

async function claim(deps: MoneyDeps, tx: Tx, due: Operation): Promise<Operation | null> {
  if ((await heldSince(tx)) !== null) return null;
  const now = deps.now();
  const request = await findRequest(tx, due.requestId);
  if (!request) throw new Error('a step without its request');
  const begins = due.state === 'ready' && due.firstSentAt === null;
  if (begins && !BEGINS_IN.includes(request.state)) {
    await changeOperation(tx, due, {
      state: 'canceled',
      error: 'The request is no longer approved.',
      changedAt: now,
    });
    return null;
  }
  const lease = { owner: deps.owner, until: now + LOOK_LEASE };
  const held = await claimRow(tx, due, lease, now);
  await deps.point('claiming');
  if (held && request.state === 'approved')
    await moveRequest(deps, tx, request, { kind: 'sending' });
  return held;
}
