import type { BookRecord } from '#app/domain/book/records.ts';
import { reviewFor, takeOutcome } from '#app/domain/requests/outcome.ts';
import type { OperationChange, Outcome } from '#app/domain/requests/outcome.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { followUp } from '#app/services/money/follow-up.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { sweepAccounts } from '#app/services/sweep-accounts.ts';
import { changeOperation, operationByExternalId } from '#db/queries/operations.ts';
import { refundById } from '#db/queries/reconcile-rows.ts';

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
): Promise<Operation | null> => {
  const taken = await sayTaken(deps, held, outcome, records);
  return taken === null
    ? endStep(deps, held, takeOutcome(held, outcome, deps.now()), records)
    : endStep(deps, held, reviewFor(taken));
};

/** Says that the refund or entry which came back is another's already: then nobody knows of this one. */
async function sayTaken(
  { store: { read } }: MoneyDeps,
  held: Operation,
  outcome: Outcome,
  records: readonly BookRecord[],
): Promise<string | null> {
  if (outcome.kind !== 'accepted') return null;
  const { externalId } = outcome;
  const other = await operationByExternalId(read, held.kind, externalId);
  if (other !== null && other.id !== held.id)
    return `The answer was ${externalId}, which another request has made.`;
  for (const { type, record } of records) {
    const known = type === 'refund' ? await refundById(read, record.id) : null;
    if (type !== 'refund' || known === null) continue;
    if (known.paymentId !== record.paymentId || known.amount !== record.amount)
      return `The answer was ${record.id}, which the book knows as another refund.`;
  }
  return null;
}

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
