import type { LedgerEntry } from '#app/domain/book/records.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { sayMismatch } from '#app/integrations/stripe/refund-outcome.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { entryMade, lookUpCredits } from '#app/services/operations/read-back-credits.ts';
import { refundOf } from '#app/services/requests/evaluate/refund-tags.ts';
import { tryRead } from '#app/integrations/try-read.ts';
import type { ReadResult } from '#app/integrations/try-read.ts';
import { productOutcome, refundOutcome } from '#app/services/operations/execution-result.ts';
import { findUntaggedDuplicate } from '#app/services/operations/preflight-refund.ts';
import type { ExecutionResult } from '#app/services/operations/record-outcome.ts';
import { findCustomerRecord } from '#db/queries/customers/customer-records.ts';
import {
  isRefundOfOperation,
  withoutRecords,
  paymentOf,
  toRefundResult,
} from '#app/services/operations/refund-result.ts';
/* The steps' kinds differ only here: how one is sent, and how one finds out whether it has happened. */

/** Sends a step: the stored bytes under the stored key. Throws nothing for what the other side answers. */
export const executeOperation = async (
  deps: RemedyDeps,
  step: Operation,
): Promise<ExecutionResult> => {
  const { body, idempotencyKey: key } = step;
  if (step.kind === 'stripe_refund') {
    const sent = await deps.stripe.createRefund({ body, key });
    if (sent.kind !== 'accepted') return withoutRecords(refundOutcome(sent));
    return isRefundOfOperation(step, sent.refund)
      ? toRefundResult(step, sent.refund)
      : withoutRecords({ kind: 'mismatched', words: sayMismatch(sent.refund) });
  }
  if (step.kind === 'credit_adjustment') {
    const sent = await deps.productApi.postAdjustment({ body, key });
    return sent.kind === 'accepted' || sent.kind === 'mismatched'
      ? readBackEntry(deps, step, sent.entry)
      : withoutRecords(productOutcome(sent));
  }
  return putHold(deps, step);
};

async function putHold(deps: RemedyDeps, step: Operation): Promise<ExecutionResult> {
  const { customerId, idempotencyKey: key } = step;
  // Written when the step was planned.
  const { hold, reason } = JSON.parse(step.body) as { hold: boolean; reason: string };
  const sent = await deps.productApi.putHold({ customerId, hold, reason, key });
  if (sent.kind !== 'accepted') return withoutRecords(productOutcome(sent));
  const customer = await findCustomerRecord(deps.store.read, customerId);
  return {
    outcome: { kind: 'accepted', externalId: step.id, status: 'done', bankReference: null },
    records: customer ? [{ type: 'customer', record: { ...customer, generationHold: hold } }] : [],
  };
}

/** `unclear`: what is there may be it, and nobody can tell. */
export type ReadBackResult = ReadResult<ExecutionResult> | { kind: 'unclear'; words: string };

/** Whether a step has happened, by our ids. A hold has nothing to look up: setting it again is the same. */
export const readBack = async (deps: RemedyDeps, step: Operation): Promise<ReadBackResult> => {
  if (step.kind === 'generation_hold') return { kind: 'absent' };
  if (step.kind === 'credit_adjustment') return lookUpCredits(deps, step);
  const found = await tryRead(() => deps.stripe.listRefunds(paymentOf(step)));
  if (found.kind !== 'found') return found;
  const ours = await refundOf(deps.store.read, step, found.value);
  if (ours) return { kind: 'found', value: toRefundResult(step, ours) };
  const duplicate = await findUntaggedDuplicate(deps, step, found.value);
  return duplicate === null ? { kind: 'absent' } : { kind: 'unclear', words: duplicate };
};

/**
 * An entry does not say whose it is: what counts is what the product has under our id. An answer that it
 * does not confirm there is asked for again.
 */
async function readBackEntry(
  deps: RemedyDeps,
  step: Operation,
  answered: LedgerEntry,
): Promise<ExecutionResult> {
  const found = await tryRead(() => deps.productApi.readAdjustment(step.id));
  if (found.kind === 'found') return entryMade(deps.store.read, step, found.value);
  const words = `The product answered with ${answered.id}`;
  return found.kind === 'absent'
    ? withoutRecords({ kind: 'contradicted', words: `${words} and has nothing with our id.` })
    : withoutRecords({
        ...NOBODY_KNOWS,
        words: `${words}; it could not be read back: ${found.words}`,
      });
}

const NOBODY_KNOWS = { kind: 'unknown', serverError: false, replayed: false } as const;
