import type { RefundFacts, LastRefundEmail } from '#app/domain/mail/choose-email.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import { isWaiting, needsPerson } from '#app/domain/mail/customer-mail.ts';
import type { CustomerMail } from '#app/domain/mail/customer-mail.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import { reasonOf } from '#app/integrations/stripe/types.ts';
import type { LiveCharge, LiveRefund } from '#app/integrations/stripe/types.ts';
import { isRefundOfOperation, paymentOf } from '#app/services/operations/refund-result.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { tryRead } from '#app/integrations/try-read.ts';
import { findPayment } from '#db/queries/customers/customer-records.ts';
import { findOperation, operationsOf } from '#db/queries/operations/operations.ts';
import type { Read } from '#db/store.ts';
/** A refund and its charge as Stripe has them now. */
export interface AtStripe {
  refund: LiveRefund;
  /** Null: Stripe knows no such charge. */
  charge: LiveCharge | null;
}
export type ReadAtStripe =
  | { kind: 'read'; at: AtStripe }
  | { kind: 'unreadable'; words: string }
  /** It is not there, or not what was sent. */
  | { kind: 'other'; words: string };

/** Reads the refund that a step has made, and its charge. Never within a write. */
export async function readAtStripe(
  { stripe }: Pick<RemedyDeps, 'stripe'>,
  step: Operation,
): Promise<ReadAtStripe> {
  const id = step.externalId;
  if (id === null) return { kind: 'other', words: 'Stripe has not named the refund.' };
  const refund = await tryRead(() => stripe.readRefund(id));
  if (refund.kind === 'unreadable') return refund;
  if (refund.kind === 'absent') return { kind: 'other', words: `Stripe knows no refund ${id}.` };
  const { value } = refund;
  if (!isRefundOfOperation(step, value))
    return { kind: 'other', words: `Stripe’s ${id} is not the refund that was sent.` };
  const charge = await tryRead(() => stripe.readCharge(paymentOf(step)));
  if (charge.kind === 'unreadable') return charge;
  return {
    kind: 'read',
    at: { refund: value, charge: charge.kind === 'found' ? charge.value : null },
  };
}

/** The step that a letter tells of; null: it is not there. */
export async function stepOfMail(read: Read, mail: CustomerMail): Promise<Operation | null> {
  if (mail.operationId !== null) return findOperation(read, mail.operationId);
  const steps = await operationsOf(read, [mail.requestId]);
  return (
    steps.find(({ kind, credits, externalId }) =>
      mail.kind === 'credits_returned'
        ? kind === 'credit_adjustment' && (credits ?? 0) > 0 && externalId !== null
        : kind === 'stripe_refund' && externalId !== null,
    ) ?? null
  );
}

/** Whether the customer has heard of the refund, by the letters of its request. */
export function lastRefundEmail(mails: readonly CustomerMail[]): LastRefundEmail {
  const telling = mails.filter(
    ({ kind }) => kind === 'refund_pending' || kind === 'refund_on_its_way',
  );
  if (telling.some(({ sentAt }) => sentAt !== null)) return 'yes';
  if (telling.some((mail) => isWaiting(mail) || needsPerson(mail))) return 'open';
  return telling.some(({ leftAt }) => leftAt !== null) ? 'maybe' : 'no';
}

/** What stands of a refund now, at Stripe, at the product and in the book. */
export async function refundFacts(
  read: Read,
  step: Operation,
  { refund, charge }: AtStripe,
): Promise<RefundFacts> {
  const payment = await findPayment(read, step.customerId, paymentOf(step));
  // An end that is known already stands, whatever Stripe answers now.
  const ended = isReversed(step.externalStatus) ? step.externalStatus : null;
  return {
    status: ended ?? refund.statusAtStripe ?? refund.status,
    reason: ended === null ? reasonOf(refund) : step.externalReason,
    amount: formatMoney(refund.amount, step.currency ?? refund.currency),
    last4: charge?.cardLast4 ?? null,
    chargedAt: payment ? (payment.capturedAt ?? payment.createdAt) : (charge?.createdAt ?? null),
    madeAt: refund.createdAt || (step.lastSentAt ?? step.changedAt),
    takeBack: await clawbackFacts(read, step),
  };
}

const OPEN: readonly Operation['state'][] = ['waiting', 'ready', 'sending', 'needs_review'];

async function clawbackFacts(read: Read, step: Operation): Promise<RefundFacts['takeBack']> {
  const steps = await operationsOf(read, [step.requestId]);
  const taking = steps.filter(
    ({ ordinal, credits }) => ordinal > step.ordinal && (credits ?? 0) < 0,
  );
  if (taking.some(({ state }) => OPEN.includes(state))) return { kind: 'open' };
  const taken = taking.filter(({ state }) => state === 'succeeded');
  return { kind: 'settled', credits: taken.reduce((sum, { credits }) => sum - (credits ?? 0), 0) };
}
