import type { MailKind } from '#app/domain/mail/customer-mail.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import type { Deps } from '#app/services/deps.ts';
import { insertMail } from '#db/queries/operations/mail.ts';
import type { Tx } from '#db/store.ts';

/**
 * Puts the letter that a change of a step calls for into the outbox, in the write of that change. Only
 * what it is about: what it says, and whether it is sent at all, is decided when it leaves.
 */
export const enqueueMail = async (
  deps: Pick<Deps, 'now' | 'newId'>,
  tx: Tx,
  before: Operation,
  after: Operation,
): Promise<void> => {
  const kind = mailFor(before, after);
  if (kind === null) return;
  const now = deps.now();
  await insertMail(tx, {
    ...{ id: deps.newId('mail'), requestId: after.requestId, customerId: after.customerId },
    ...{ operationId: after.id, kind, createdAt: now, nextTryAt: now },
  });
};

/** Which letter a change of a step calls for; null: none. */
export function mailFor(before: Operation, after: Operation): MailKind | null {
  if (after.kind === 'stripe_refund') return mailForRefund(before, after);
  if (before.state === after.state || after.state !== 'succeeded') return null;
  const granted = after.kind === 'credit_adjustment' && (after.credits ?? 0) > 0;
  return granted ? 'credits_returned' : null;
}

function mailForRefund(before: Operation, after: Operation): MailKind | null {
  const { state, externalStatus } = after;
  const isNew = before.state !== state || before.externalStatus !== externalStatus;
  if (!isNew) return null;
  if (before.state === 'succeeded' && state === 'failed') return 'refund_failed';
  if (state !== 'succeeded' || isReversed(externalStatus)) return null;
  return externalStatus === 'succeeded' ? 'refund_on_its_way' : 'refund_pending';
}
