import type { BookRecord } from '#app/domain/book/records.ts';
import { takeOutcome } from '#app/domain/requests/outcome.ts';
import type { OperationChange, Outcome } from '#app/domain/requests/outcome.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { followUp } from '#app/services/money/follow-up.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { sweepAccounts } from '#app/services/sweep-accounts.ts';
import { changeOperation } from '#db/queries/operations.ts';

/** What a try came to, with what it put into the book outside. */
export interface Tried {
  outcome: Outcome;
  records: readonly BookRecord[];
}

/**
 * Writes what a try came to: the step by compare-and-set, and in the same write all that follows from
 * it. Answers the step as it is now, or null where somebody else was first and nothing was written.
 */
export const settleStep = async (
  deps: MoneyDeps,
  held: Operation,
  { outcome, records }: Tried,
): Promise<Operation | null> =>
  endStep(deps, held, takeOutcome(held, outcome, deps.now()), records);

/** The same for a change that is already known: given up, or put up for review. */
export const endStep = async (
  deps: MoneyDeps,
  held: Operation,
  change: OperationChange,
  records: readonly BookRecord[] = [],
): Promise<Operation | null> => {
  const settled = await deps.store.write(async (tx) => {
    const changed = await changeOperation(tx, held, { ...change, changedAt: deps.now() });
    await deps.point('settling');
    if (changed) await followUp(deps, tx, held, changed, records);
    await deps.point('followed-up');
    return changed;
  });
  await deps.point('settled');
  if (settled && records.length > 0) {
    // At once, so that the flag closes before the person's eyes; were it cut off here, the timer sweeps.
    await sweepAccounts(deps, { customers: [settled.customerId] });
    await deps.point('swept');
  }
  return settled;
};
