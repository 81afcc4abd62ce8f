import type { BookRecord } from '#app/domain/book/records.ts';
import { isSameEntry } from '#app/domain/operations/entry-identity.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import type { Outcome } from '#app/domain/operations/outcome.ts';
import { operationByExternalId } from '#db/queries/operations/operations.ts';
import { entryById, refundById } from '#db/queries/operations/reconcile-rows.ts';
import type { Read } from '#db/store.ts';

/**
 * Says that the refund or entry which came back is another's already: then nobody knows of this step, and
 * nothing is written over the book's record. Null: it can be its outcome. Within the write that takes it.
 */
export async function findConflict(
  read: Read,
  step: Operation,
  outcome: Outcome,
  records: readonly BookRecord[],
): Promise<string | null> {
  if (outcome.kind !== 'accepted') return null;
  const { externalId } = outcome;
  const other = await operationByExternalId(read, step.kind, externalId);
  if (other !== null && other.id !== step.id)
    return `The answer was ${externalId}, which belongs to another request.`;
  for (const record of records) {
    const words = await describeConflict(read, record);
    if (words !== null) return words;
  }
  return null;
}

async function describeConflict(read: Read, { type, record }: BookRecord): Promise<string | null> {
  if (type === 'refund') {
    const known = await refundById(read, record.id);
    if (known === null) return null;
    const same =
      known.customerId === record.customerId &&
      known.paymentId === record.paymentId &&
      known.amount === record.amount &&
      known.currency === record.currency;
    return same ? null : `The answer was ${record.id}, which our data has as another refund.`;
  }
  if (type !== 'ledgerEntry') return null;
  const known = await entryById(read, record.id);
  return known === null || isSameEntry(known, record)
    ? null
    : `The answer was ${record.id}, which our data has as another entry.`;
}
