import { isReversed, laterStatus } from '#app/domain/book/refund-status.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import {
  isRefundOfOperation,
  toRefundResult,
  refundRecord,
} from '#app/services/operations/refund-result.ts';
import { reasonOf, refundStatusOf } from '#app/integrations/stripe/types.ts';
import type { LiveRefund } from '#app/integrations/stripe/types.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { applyEffects } from '#app/services/operations/apply-effects.ts';
import { applyOutcome } from '#app/domain/operations/outcome.ts';
import {
  changeOperation,
  findOperation,
  operationByExternalId,
} from '#db/queries/operations/operations.ts';
import type { OperationChange } from '#db/queries/operations/operations.ts';
import type { Read, Tx } from '#db/store.ts';
/**
 * Takes over, within a write, what Stripe says of a refund now. Only steps forward are taken, so that
 * news may come twice and in any order. A step whose outcome was unknown is settled by it. Answers the
 * customer whose book has changed; null: nothing was new, or it is none of ours.
 */
export const applyRefund = async (
  deps: Pick<RemedyDeps, 'now' | 'newId'>,
  tx: Tx,
  refund: LiveRefund,
): Promise<string | null> => {
  const news = await diffRefund(deps, tx, refund);
  if (news === null) return null;
  const { step, change } = news;
  const after = await changeOperation(tx, step, { ...change, changedAt: deps.now() });
  // Read in this same serializable write, so nobody can have changed it in between.
  if (!after) throw new Error('a step changed within a write');
  // An older word than the one that is known stays outside the book too.
  const status = refundStatusOf(after.externalStatus);
  const record = refundRecord(step, { ...refund, status });
  await applyEffects(deps, tx, step, after, [record]);
  return step.customerId;
};

/** What Stripe's word on a refund changes of one of our steps, before anything is written; null: nothing. */
export const diffRefund = async (
  deps: Pick<RemedyDeps, 'now'>,
  read: Read,
  refund: LiveRefund,
): Promise<{ step: Operation; change: Omit<OperationChange, 'changedAt'> } | null> => {
  const step = await stepOf(read, refund);
  // Whether one in review is this refund a person says.
  if (!step || (step.externalId === null && step.state !== 'sending')) return null;
  if (!isRefundOfOperation(step, refund)) return null;
  const change = step.state === 'sending' ? isFinal(deps, step, refund) : moved(step, refund);
  return change === null ? null : { step, change };
};

/** The step of ours that has made a refund, as far as can be told; null: none. */
export const stepOf = async (read: Read, refund: LiveRefund): Promise<Operation | null> => {
  const known = await operationByExternalId(read, 'stripe_refund', refund.id);
  if (known || refund.opId === null) return known;
  const named = await findOperation(read, refund.opId);
  // A person has closed a canceled one: what bears its mark all the same was made elsewhere.
  const isOpen = named?.externalId === null && named.state !== 'canceled';
  return named?.kind === 'stripe_refund' && isOpen ? named : null;
};

const isFinal = (
  { now }: Pick<RemedyDeps, 'now'>,
  step: Operation,
  refund: LiveRefund,
): Omit<OperationChange, 'changedAt'> =>
  applyOutcome(step, toRefundResult(step, refund).outcome, now());

/** The change that is news; null: none. */
function moved(step: Operation, refund: LiveRefund): Omit<OperationChange, 'changedAt'> | null {
  const reported = refund.statusAtStripe ?? refund.status;
  const externalStatus = laterStatus(step.externalStatus, reported);
  const externalReason = externalStatus === reported ? reasonOf(refund) : step.externalReason;
  const bankReference = refund.bankReference ?? step.bankReference;
  const isNews =
    externalStatus !== step.externalStatus ||
    externalReason !== step.externalReason ||
    bankReference !== step.bankReference;
  if (!isNews) return null;
  const failed = step.state === 'succeeded' && isReversed(externalStatus);
  const why = refund.failureReason?.replaceAll('_', ' ') ?? 'no reason given';
  return {
    externalStatus,
    externalReason,
    bankReference,
    ...(failed
      ? { state: 'failed', error: `The refund came back: ${externalStatus} (${why}).` }
      : {}),
  };
}
