import { formatMoney } from '#app/domain/money/money.ts';
import { retryAt } from '#app/domain/operations/operation.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { reviewFor } from '#app/domain/operations/outcome.ts';
import type { OperationChange } from '#app/domain/operations/outcome.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { recordOutcome } from '#app/services/operations/record-outcome.ts';
import { recordEmptyReadBack } from '#db/queries/operations/operation-steps.ts';
import { findRequest } from '#db/queries/requests/requests.ts';

/**
 * What is read now contradicts what was read before a step was approved. Nothing is sent on it: it is
 * read again a few times, and then a person decides, with both facts before them.
 */
export async function retryLater(deps: RemedyDeps, held: Operation, words: string): Promise<void> {
  const at = deps.now();
  const nextTryAt = retryAt(held.emptyReadBacks, at);
  if (nextTryAt === null) {
    await recordOutcome(
      deps,
      held,
      await reviewOf(deps, { ...held, outcome: 'contradicted' }, words),
    );
    return;
  }
  await deps.store.write((tx) => recordEmptyReadBack(tx, held, { at, nextTryAt, error: words }));
  await deps.point('postponed');
}

/** Puts a step up for review. After an answer that cannot be ours it says what was answered, too. */
export async function reviewOf(
  deps: RemedyDeps,
  held: Operation,
  reason: string,
): Promise<OperationChange> {
  const lastReadBackAt = deps.now();
  if (held.outcome === 'mismatched')
    return { ...reviewFor([held.error, reason].join(' ')), lastReadBackAt };
  if (held.outcome !== 'contradicted') return { ...reviewFor(reason), lastReadBackAt };
  const said = held.error === null || held.error === reason ? [] : [held.error];
  const words = [...said, reason, await describeEarlierRead(deps, held)].join(' ');
  return { ...reviewFor(words), lastReadBackAt };
}

/** What had been read before the step was approved, and is contradicted now. */
async function describeEarlierRead({ store }: RemedyDeps, step: Operation): Promise<string> {
  if (step.kind !== 'stripe_refund')
    return 'But our data has this customer’s records, which come from the product.';
  const seen = (await findRequest(store.read, step.requestId))?.seen ?? null;
  const captured =
    seen === null ? '' : `, with ${formatMoney(seen.amountCaptured, seen.currency)} captured`;
  return `But Stripe had the charge before it was approved${captured}.`;
}
