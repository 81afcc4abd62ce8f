import type { BookRecord } from '#app/domain/book/records.ts';
import { reviewFor, applyOutcome } from '#app/domain/operations/outcome.ts';
import type { OperationChange, Outcome } from '#app/domain/operations/outcome.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { applyEffects } from '#app/services/operations/apply-effects.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { findConflict } from '#app/services/operations/find-conflict.ts';
import { changeOperation } from '#db/queries/operations/operations.ts';
import type { Tx } from '#db/store.ts';

/** What a try came to, with what it put into the book outside. */
export interface ExecutionResult {
  outcome: Outcome;
  records: readonly BookRecord[];
}

/**
 * Writes what a try came to: the step by compare-and-set, and in the same write all that follows from
 * it. Answers the step as it is now, or null where somebody else was first and nothing was written.
 */
export const tryRecordOutcome = async (
  deps: RemedyDeps,
  held: Operation,
  { outcome, records }: ExecutionResult,
): Promise<Operation | null> =>
  settle(deps, held, async (tx) => {
    const taken = await findConflict(tx, held, outcome, records);
    return taken === null
      ? { change: applyOutcome(held, outcome, deps.now()), records }
      : { change: reviewFor(taken), records: [] };
  });

/** The same for a change that is already known: given up, or put up for review. */
export const recordOutcome = (
  deps: RemedyDeps,
  held: Operation,
  change: OperationChange,
): Promise<Operation | null> => settle(deps, held, async () => ({ change, records: [] }));

interface Settled {
  change: OperationChange;
  records: readonly BookRecord[];
}

async function settle(
  deps: RemedyDeps,
  held: Operation,
  decide: (tx: Tx) => Promise<Settled>,
): Promise<Operation | null> {
  let tookIn = false;
  const settled = await deps.store.write(async (tx) => {
    const { change, records } = await decide(tx);
    tookIn = records.length > 0;
    const changed = await changeOperation(tx, held, { ...change, changedAt: deps.now() });
    await deps.point('settling');
    if (changed) await applyEffects(deps, tx, held, changed, records);
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
