import { creditsReturned } from '#app/domain/mail/credits-returned.ts';
import type { Letter } from '#app/domain/mail/letter.ts';
import { refundFailed } from '#app/domain/mail/refund-failed.ts';
import { refundOnItsWay } from '#app/domain/mail/refund-on-its-way.ts';
import type { RefundLetter } from '#app/domain/mail/refund-on-its-way.ts';
import type { MailKind } from '#app/domain/requests/customer-mail.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import type { AdjustmentCause } from '#app/domain/requests/request.ts';
import type { Deps } from '#app/services/deps.ts';
import { findCustomerRecord, findPayment } from '#db/queries/customer-records.ts';
import { insertMail } from '#db/queries/mail.ts';
import type { Read, Tx } from '#db/store.ts';

/**
 * Puts the mail that a change of a step calls for into the outbox, in the write of that change. A refund
 * is told of only once Stripe has taken it, and its failure only where it had been told of.
 */
export const tellCustomer = async (
  deps: Pick<Deps, 'now' | 'newId'>,
  tx: Tx,
  before: Operation,
  after: Operation,
): Promise<void> => {
  const kind = mailFor(before, after);
  if (kind === null) return;
  const customer = await findCustomerRecord(tx, after.customerId);
  // Nobody to write to: the agent sees that no mail was written.
  if (!customer || !customer.email.includes('@')) return;
  const letter = await letterFor(tx, kind, customer.name, after, deps.now());
  if (letter === null) return;
  const now = deps.now();
  await insertMail(tx, {
    ...{ id: deps.newId('mail'), requestId: after.requestId, customerId: after.customerId },
    ...{ kind, address: customer.email, ...letter, createdAt: now, nextTryAt: now },
    ...{ sentAt: null, attempts: 0, leaseOwner: null, leaseUntil: null, error: null },
  });
};

/** Which mail a change of a step calls for; null: none. */
export function mailFor(before: Operation, after: Operation): MailKind | null {
  if (before.state === after.state) return null;
  if (after.kind === 'stripe_refund') {
    if (after.state === 'succeeded') return 'refund_on_its_way';
    return before.state === 'succeeded' && after.state === 'failed' ? 'refund_failed' : null;
  }
  const granted = after.kind === 'credit_adjustment' && (after.credits ?? 0) > 0;
  return granted && after.state === 'succeeded' ? 'credits_returned' : null;
}

/** What a mail of this kind says; null where the book lacks what it would tell of. */
export async function letterFor(
  read: Read,
  kind: MailKind,
  name: string,
  step: Operation,
  now: number,
): Promise<Letter | null> {
  if (kind === 'credits_returned') {
    // Written when the step was planned.
    const { reason } = JSON.parse(step.body) as { reason: AdjustmentCause | 'refund_failed' };
    return creditsReturned({ name, credits: step.credits ?? 0, cause: reason });
  }
  const payment = step.paymentId && (await findPayment(read, step.customerId, step.paymentId));
  if (!payment || step.amount === null || step.currency === null) return null;
  const facts: RefundLetter = {
    name,
    amount: step.amount,
    currency: step.currency,
    last4: payment.cardLast4,
    chargedAt: payment.capturedAt ?? payment.createdAt,
    madeAt: kind === 'refund_failed' ? (step.lastSentAt ?? now) : now,
  };
  return kind === 'refund_failed' ? refundFailed(facts) : refundOnItsWay(facts);
}
