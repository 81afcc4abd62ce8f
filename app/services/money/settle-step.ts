import type { BookRecord } from '#app/domain/book/records.ts';
import { reviewFor, takeOutcome } from '#app/domain/requests/outcome.ts';
import type { OperationChange, Outcome } from '#app/domain/requests/outcome.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { followUp } from '#app/services/money/follow-up.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { sweepAccounts } from '#app/services/sweep-accounts.ts';
import { sayTaken } from '#app/services/money/taken-already.ts';
import { changeOperation } from '#db/queries/operations.ts';
import type { Tx } from '#db/store.ts';

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
  settle(deps, held, async (tx) => {
    const taken = await sayTaken(tx, held, outcome, records);
    return taken === null
      ? { change: takeOutcome(held, outcome, deps.now()), records }
      : { change: reviewFor(taken), records: [] };
  });

/** The same for a change that is already known: given up, or put up for review. */
export const endStep = (
  deps: MoneyDeps,
  held: Operation,
  change: OperationChange,
): Promise<Operation | null> => settle(deps, held, async () => ({ change, records: [] }));

interface Settled {
  change: OperationChange;
  records: readonly BookRecord[];
}

async function settle(
  deps: MoneyDeps,
  held: Operation,
  decide: (tx: Tx) => Promise<Settled>,
): Promise<Operation | null> {
  let tookIn = false;
  const settled = await deps.store.write(async (tx) => {
    const { change, records } = await decide(tx);
    tookIn = records.length > 0;
    const changed = await changeOperation(tx, held, { ...change, changedAt: deps.now() });
    await deps.point('settling');
    if (changed) await followUp(deps, tx, held, changed, records);
    await deps.point('followed-up');
    return changed;
  });
  await deps.point('settled');
  if (settled && tookIn) {
    // At once, so that the flag closes before the person's eyes; were it cut off here, the timer sweeps.
    await sweepAccounts(deps, { customers: [settled.customerId] });
    await deps.point('swept');
  }
  return settled;
}
