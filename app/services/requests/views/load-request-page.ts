import { policyBasisOf } from '#app/domain/requests/policy-basis.ts';
import type { PolicyBasis } from '#app/domain/requests/policy-basis.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import { describeRepeat } from '#app/domain/requests/repeat-request.ts';
import { describeEffect } from '#app/domain/operations/labels.ts';
import { describeRequest } from '#app/domain/requests/describe-request.ts';
import type { NamedPayment } from '#app/domain/requests/describe-request.ts';
import { refundWindow } from '#app/domain/mail/refund-window.ts';
import type { RemedyDeps, StaffRemedyDeps } from '#app/services/deps.ts';
import { previewMail } from '#app/services/mail/preview-mail.ts';
import type { MailPreview } from '#app/services/mail/preview-mail.ts';
import { loadHeldMail } from '#app/services/mail/delivery/load-held-mail.ts';
import type { HeldMail } from '#app/services/mail/delivery/load-held-mail.ts';
import { loadEvidence } from '#app/services/requests/views/load-evidence.ts';
import type { Evidence } from '#app/services/requests/views/load-evidence.ts';
import { loadRequest } from '#app/services/requests/views/load-request.ts';
import type { RequestWithHistory } from '#app/services/requests/views/load-request.ts';
import { loadManualReview } from '#app/services/operations/manual-review/load-manual-review.ts';
import type { Review } from '#app/services/operations/manual-review/load-manual-review.ts';
import { findPayment, findRefund } from '#db/queries/customers/customer-records.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import type { Read } from '#db/store.ts';

/** A step outside, as people follow it. */
export type ShownOperation = Pick<
  Operation,
  'id' | 'state' | 'error' | 'externalId' | 'bankReference' | 'firstSentAt' | 'lastSentAt' | 'kind'
> & {
  /** `Refund $10.00` */
  what: string;
  says: string;
  /** Refunds that Stripe has made: when the bank shows them, as a rule. */
  expected: { from: number; to: number } | null;
};
export interface RequestDetail extends Omit<RequestWithHistory, 'operations'> {
  /** What is asked, in one plain sentence. */
  asks: string;
  promise: PolicyBasis | null;
  /** The request that it follows, as that stands now; null: it repeats nothing. */
  follows: { id: string; says: string } | null;
  evidence: Evidence;
  steps: ShownOperation[];
  /** While nothing has been done: what the customer will be told. */
  foretold: MailPreview | null;
  review: Review | null;
  /** Letters that wait for a person. */
  letters: HeldMail[];
  /** The ways out of a review need Stripe. */
  canReview: boolean;
}

/** A request with all that a decision on it needs in view; null: there is none. */
export async function loadRequestDetail(
  app: StaffRemedyDeps,
  money: RemedyDeps | null,
  requestId: string,
): Promise<RequestDetail | null> {
  const details = await loadRequest(app, requestId);
  const request = await findRequest(app.store.read, requestId);
  if (details === null || request === null) return null;
  const { operations, ...rest } = details;
  const payment = await namedPayment(app.store.read, details.content);
  const before = ['requested', 'sent_back', 'approved'].includes(details.line.state);
  // Also of a request that has ended: its refund came back while another step was open.
  const inReview = operations.some(({ state }) => state === 'needs_review');
  return {
    ...rest,
    asks: describeRequest(details.content, payment),
    promise: policyBasisOf(details.content),
    follows: await followed(app, details.content),
    evidence: await loadEvidence(app, details.content),
    steps: await Promise.all(
      operations.map((step) => toShown(app.store.read, step, money !== null)),
    ),
    foretold: before ? await previewMail(app, request) : null,
    review: inReview && money !== null ? await loadManualReview(money, operations) : null,
    letters: await loadHeldMail(money, app.actor.role, details.mails),
    canReview: money !== null,
  };
}

async function followed(
  { store, now }: StaffRemedyDeps,
  content: RequestContent,
): Promise<RequestDetail['follows']> {
  const first = content.again && (await findRequest(store.read, content.again.after));
  return first ? { id: first.id, says: describeRepeat(content, first, now()) } : null;
}

async function namedPayment(read: Read, content: RequestContent): Promise<NamedPayment | null> {
  if (content.kind === 'generation_hold' || content.paymentId === null) return null;
  const payment = await findPayment(read, content.customerId, content.paymentId);
  if (payment === null) return null;
  const { amountCaptured, amount, currency, capturedAt, createdAt, cardLast4: last4 } = payment;
  return { amount: amountCaptured ?? amount, currency, at: capturedAt ?? createdAt, last4 };
}

async function toShown(
  read: Read,
  step: Operation & { says: string },
  sends: boolean,
): Promise<ShownOperation> {
  const { id, state, externalId, bankReference, firstSentAt, lastSentAt, kind } = step;
  const isMade =
    kind === 'stripe_refund' && state === 'succeeded' && step.externalStatus === 'succeeded';
  const refund =
    isMade && externalId !== null ? await findRefund(read, step.customerId, externalId) : null;
  // Where no Stripe is set nothing is sent, and nothing looks as if it were about to be.
  const idle = !sends && state === 'ready';
  const error = idle ? 'Stripe is not configured, so nothing is sent.' : step.error;
  return {
    ...{ id, state, error, externalId, bankReference, firstSentAt, lastSentAt, kind },
    ...{ what: describeEffect(step), says: idle ? 'Waiting' : step.says },
    expected: refund ? refundWindow(refund.createdAt) : null,
  };
}
