import { promiseOf } from '#app/domain/requests/ground-promise.ts';
import type { GroundPromise } from '#app/domain/requests/ground-promise.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import { sayRepeat } from '#app/domain/requests/repeated-ask.ts';
import { sayEffect } from '#app/domain/requests/review-words.ts';
import { sayAsked } from '#app/domain/requests/say-asked.ts';
import type { NamedPayment } from '#app/domain/requests/say-asked.ts';
import { refundWindow } from '#app/domain/mail/refund-window.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { foretellMail } from '#app/services/money/foretell-mail.ts';
import type { Foretold } from '#app/services/money/foretell-mail.ts';
import { heldLetters } from '#app/services/money/held-letters.ts';
import type { HeldLetter } from '#app/services/money/held-letters.ts';
import { loadEvidence } from '#app/services/money/load-evidence.ts';
import type { Evidence } from '#app/services/money/load-evidence.ts';
import { loadRequest } from '#app/services/money/load-request.ts';
import type { RequestSheet } from '#app/services/money/load-request.ts';
import { lookIntoReview } from '#app/services/money/look-into-review.ts';
import type { Review } from '#app/services/money/look-into-review.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { findPayment, findRefund } from '#db/queries/customer-records.ts';
import { findRequest } from '#db/queries/requests.ts';
import type { Read } from '#db/store.ts';

/** A step outside, as people follow it. */
export type ShownStep = Pick<
  Operation,
  'id' | 'state' | 'error' | 'externalId' | 'bankReference' | 'firstSentAt' | 'lastSentAt' | 'kind'
> & {
  /** `Refund $10.00` */
  what: string;
  says: string;
  /** Refunds that Stripe has made: when the bank shows them, as a rule. */
  expected: { from: number; to: number } | null;
};
export interface RequestPage extends Omit<RequestSheet, 'operations'> {
  /** What is asked, in one plain sentence. */
  asks: string;
  promise: GroundPromise | null;
  /** The request that it follows, as that stands now; null: it repeats nothing. */
  follows: { id: string; says: string } | null;
  evidence: Evidence;
  steps: ShownStep[];
  /** While nothing has been done: what the customer will be told. */
  foretold: Foretold | null;
  review: Review | null;
  /** Letters that wait for a person. */
  letters: HeldLetter[];
  /** The ways out of a review need Stripe. */
  canReview: boolean;
}

/** A request with all that a decision on it needs in view; null: there is none. */
export async function loadRequestPage(
  app: StaffMoneyDeps,
  money: MoneyDeps | null,
  requestId: string,
): Promise<RequestPage | null> {
  const sheet = await loadRequest(app, requestId);
  const request = await findRequest(app.store.read, requestId);
  if (sheet === null || request === null) return null;
  const { operations, ...rest } = sheet;
  const payment = await namedPayment(app.store.read, sheet.content);
  const before = ['requested', 'sent_back', 'approved'].includes(sheet.line.state);
  // Also of a request that has ended: its refund came back while another step was open.
  const inReview = operations.some(({ state }) => state === 'needs_review');
  return {
    ...rest,
    asks: sayAsked(sheet.content, payment),
    promise: promiseOf(sheet.content),
    follows: await followed(app, sheet.content),
    evidence: await loadEvidence(app, sheet.content),
    steps: await Promise.all(
      operations.map((step) => toShown(app.store.read, step, money !== null)),
    ),
    foretold: before ? await foretellMail(app, request) : null,
    review: inReview && money !== null ? await lookIntoReview(money, operations) : null,
    letters: await heldLetters(money, app.actor.role, sheet.mails),
    canReview: money !== null,
  };
}

async function followed(
  { store, now }: StaffMoneyDeps,
  content: RequestContent,
): Promise<RequestPage['follows']> {
  const first = content.again && (await findRequest(store.read, content.again.after));
  return first ? { id: first.id, says: sayRepeat(content, first, now()) } : null;
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
): Promise<ShownStep> {
  const { id, state, externalId, bankReference, firstSentAt, lastSentAt, kind } = step;
  const isMade =
    kind === 'stripe_refund' && state === 'succeeded' && step.externalStatus === 'succeeded';
  const refund =
    isMade && externalId !== null ? await findRefund(read, step.customerId, externalId) : null;
  // Where no Stripe is set nothing is sent, and nothing looks as if it were about to be.
  const idle = !sends && state === 'ready';
  const error = idle ? 'The settings name no Stripe: nothing is sent before they do.' : step.error;
  return {
    ...{ id, state, error, externalId, bankReference, firstSentAt, lastSentAt, kind },
    ...{ what: sayEffect(step), says: idle ? 'Waiting' : step.says },
    expected: refund ? refundWindow(refund.createdAt) : null,
  };
}
