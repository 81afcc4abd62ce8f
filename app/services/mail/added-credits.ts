import type { Read } from '#db/store.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import type { AddedCredits } from '#app/domain/mail/choose-email.ts';
import type { AdjustmentCause } from '#app/domain/requests/request.ts';
import { findEntry } from '#db/queries/customers/customer-records.ts';

/** What was added by a step that the product has booked. */
export async function addedFacts(read: Read, step: Operation): Promise<AddedCredits> {
  // Written when the step was planned.
  const { reason } = JSON.parse(step.body) as { reason: AdjustmentCause | 'refund_failed' };
  const entry =
    step.externalId === null ? null : await findEntry(read, step.customerId, step.externalId);
  const addedAt = entry?.occurredAt ?? step.changedAt;
  return { credits: step.credits ?? 0, cause: reason, addedAt };
}
