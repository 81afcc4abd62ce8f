import type { Refund } from '#app/domain/book/records.ts';
import { toIso } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import { belongsToAnotherPayment } from '#app/domain/book/payment-ids.ts';
import { isReversed, laterStatus } from '#app/domain/book/refund-status.ts';
import type { LiveRefund } from '#app/integrations/stripe/types.ts';
import { refundStatusOf } from '#app/integrations/stripe/types.ts';
import { refundRecordOfLive } from '#app/integrations/stripe/records/refund-record.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { stepOf } from '#app/services/stripe/apply-refund.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { findPayment, findRefund } from '#db/queries/customers/customer-records.ts';
import { refundById } from '#db/queries/operations/reconcile-rows.ts';
import { refundsInBook } from '#db/queries/requests/request-sums.ts';
import type { Tx } from '#db/store.ts';

type OurPayment = { id: string; customerId: string };

/**
 * Takes a refund that was made elsewhere, in Stripe's dashboard say, into the book as an import would.
 * Only steps forward; what contradicts the book is left to the comparison with Stripe. Answers whether
 * anything was new.
 */
export async function upsertExternalRefund(
  { now, newId }: Pick<RemedyDeps, 'now' | 'newId'>,
  tx: Tx,
  refund: LiveRefund,
  payment: OurPayment,
): Promise<boolean> {
  if (belongsToAnotherPayment(refund, payment.id) || (await stepOf(tx, refund)) !== null)
    return false;
  const paid = await findPayment(tx, payment.customerId, payment.id);
  if (paid === null) return false;
  const known = await findRefund(tx, payment.customerId, refund.id);
  if (known === null && (await refundById(tx, refund.id)) !== null) return false;
  const reported = refundRecordOfLive(refund, payment);
  if (
    known !== null &&
    (known.amount !== reported.amount || known.paymentId !== reported.paymentId)
  )
    return false;
  const record: Refund = {
    ...reported,
    currency: reported.currency || paid.currency,
    createdAt: known?.createdAt ?? (reported.createdAt || now()),
    reason: reported.reason ?? known?.reason ?? null,
    status: refundStatusOf(laterStatus(known?.status ?? null, reported.status)),
    failureReason: reported.failureReason ?? known?.failureReason ?? null,
    bankReference: reported.bankReference ?? known?.bankReference ?? null,
  };
  if (known !== null && isUnchanged(known, record)) return false;
  await saveRecords(tx, [{ type: 'refund', record }]);
  if (known === null) await auditEntered(tx, record, { id: newId('aud'), at: now() });
  return true;
}

/** Money went back by no request of ours: the log says when the console heard of it. */
const auditEntered = (
  tx: Tx,
  { id, customerId, paymentId, amount, currency, status, createdAt }: Refund,
  row: { id: string; at: Instant },
): Promise<void> =>
  appendAudit(tx, {
    ...{ ...row, kind: 'refund.made_elsewhere', actorId: null, ticket: null, customerId },
    subject: `refund:${id}`,
    detail: {
      ...{ payment: paymentId, amount: formatMoney(amount, currency), status },
      made: toIso(createdAt),
    },
  });

const isUnchanged = (known: Refund, record: Refund): boolean =>
  known.status === record.status &&
  known.reason === record.reason &&
  known.failureReason === record.failureReason &&
  known.bankReference === record.bankReference;

/**
 * The payment's own figures as an import would bring them: the sum of its refunds and the latest of them,
 * where they add up to what the charge says. Taken from the book, so that order does not matter.
 */
export async function recomputeRefundTotals(
  tx: Tx,
  { id, customerId }: OurPayment,
): Promise<boolean> {
  const paid = await findPayment(tx, customerId, id);
  if (paid === null) return false;
  const counted = (await refundsInBook(tx, [id])).filter(({ status }) => !isReversed(status));
  const amountRefunded = counted.reduce((sum, { amount }) => sum + amount, 0);
  const refundedAt =
    counted.length === 0 ? null : Math.max(...counted.map(({ createdAt }) => createdAt));
  if ((paid.amountRefunded ?? 0) === amountRefunded && paid.refundedAt === refundedAt) return false;
  await saveRecords(tx, [{ type: 'payment', record: { ...paid, amountRefunded, refundedAt } }]);
  return true;
}
