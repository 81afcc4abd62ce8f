import { creditsInWords } from '#app/domain/credits.ts';
import { possibleOperationIds } from '#app/domain/requests/operation-id.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { readOutside } from '#app/services/money/read-outside.ts';
import type { Live } from '#app/services/money/read-outside.ts';
import { operationsOf } from '#db/queries/operations.ts';
import { findRequest } from '#db/queries/requests.ts';
import { latestRestoration } from '#db/queries/restorations.ts';

/**
 * Whether the product has booked the request of a step already, as it stood in a revision that this database
 * does not know since it was restored: then booking it once more could give the credits twice. Answers what
 * there is, in words. Requests made after the restore cannot have been booked before it.
 */
export async function bookedOtherwise(deps: MoneyDeps, step: Operation): Promise<Live<string>> {
  const { read } = deps.store;
  const { requestId } = step;
  const [restored, request] = [await latestRestoration(read), await findRequest(read, requestId)];
  if (restored === null || request === null || request.requestedAt > restored.at)
    return { kind: 'absent' };
  const steps = await operationsOf(read, [requestId]);
  const ownIds = new Set(steps.map(({ id }) => id));
  const lastOrdinal = Math.max(0, ...steps.map(({ ordinal }) => ordinal));
  const possible = possibleOperationIds({ requestId, revision: request.revision, lastOrdinal });
  for (const id of possible) {
    if (ownIds.has(id)) continue;
    const found = await readOutside(() => deps.productApi.readAdjustment(id));
    if (found.kind === 'unreadable') return found;
    if (found.kind === 'found' && found.value.customerId === request.customerId)
      return {
        kind: 'found',
        value: `Before the database was restored, the product booked ${creditsInWords(found.value.credits)} as ${found.value.id} for another version of this request.`,
      };
  }
  return { kind: 'absent' };
}
