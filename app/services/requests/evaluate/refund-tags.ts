import { formatMoney } from '#app/domain/money/money.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import type { LiveRefund } from '#app/integrations/stripe/types.ts';
import { operationByExternalId, operationsByIds } from '#db/queries/operations/operations.ts';
import { refundById } from '#db/queries/operations/reconcile-rows.ts';
import type { Read } from '#db/store.ts';

/*
 * Refunds that bear our mark while this database knows of no step that has made them: it was restored from
 * a backup of before. Such a refund was sent by us, for the request that it names.
 */

/** Those of `refunds` whose step this database does not have, though they bear the mark of one. */
export const isMadeBeforeRestore = async (
  read: Read,
  refunds: readonly LiveRefund[],
): Promise<LiveRefund[]> => {
  const marked = refunds.filter(
    ({ opId, requestId, status }) => (opId ?? requestId) !== null && !isReversed(status),
  );
  const marks = marked.flatMap(({ opId }) => opId ?? []);
  const known = new Set((await operationsByIds(read, marks)).map(({ id }) => id));
  const found: LiveRefund[] = [];
  for (const refund of marked) {
    if (refund.opId !== null && known.has(refund.opId)) continue;
    if ((await operationByExternalId(read, 'stripe_refund', refund.id)) !== null) continue;
    found.push(refund);
  }
  return found;
};

/**
 * The refund that a step would make, where it is there: by the step's mark, else by its request's, which then
 * counts as the step's.
 */
export const refundOf = async (
  read: Read,
  step: Pick<Operation, 'id' | 'requestId' | 'amount'>,
  refunds: readonly LiveRefund[],
): Promise<LiveRefund | null> => {
  const own = refunds.find(({ opId }) => opId === step.id);
  if (own) return own;
  const before = await isMadeBeforeRestore(read, refunds);
  const named = before.filter(({ requestId }) => requestId === step.requestId);
  const taken = named.find(({ amount }) => amount === step.amount);
  return taken === undefined ? null : { ...taken, opId: step.id };
};

/**
 * Says that the payment has a refund of ours of which this database knows nothing: neither a step nor a
 * record of the book. Null: it has none. `ofRequest`: what names this request is taken over, and does not count.
 */
export const describeUnknownTag = async (
  read: Read,
  refunds: readonly LiveRefund[],
  ofRequest: string | null,
): Promise<string | null> => {
  for (const refund of await isMadeBeforeRestore(read, refunds)) {
    if (refund.requestId !== null && refund.requestId === ofRequest) continue;
    if ((await refundById(read, refund.id)) !== null) continue;
    const { id, amount, currency, requestId } = refund;
    const money = currency === '' ? '' : ` of ${formatMoney(amount, currency)}`;
    const whose = requestId === null ? '' : ` for request ${requestId}`;
    return `Stripe shows ${id}${money}, made by this console${whose} but unknown to this database. Reconcile with Stripe first (finance or a lead).`;
  }
  return null;
};

/** Says that a refund was made for the very request of a step, in another amount; null: none was. */
export const describeOtherAmount = async (
  read: Read,
  { requestId, amount }: Pick<Operation, 'requestId' | 'amount'>,
  refunds: readonly LiveRefund[],
): Promise<string | null> => {
  const before = await isMadeBeforeRestore(read, refunds);
  const other = before.find((one) => one.requestId === requestId && one.amount !== amount);
  return other === undefined
    ? null
    : `Stripe shows ${other.id} for this request, with another amount.`;
};
