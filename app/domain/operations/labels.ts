import { formatDay } from '#app/domain/time/format-day.ts';
import type { Instant } from '#app/lib/instant.ts';
import { formatCredits } from '#app/domain/money/credits.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type { OpenOutcome, Operation } from '#app/domain/operations/operation.ts';
/** What a step would do outside: `Refund $10.00`, `Credits +5,000`. */
export function describeEffect({
  kind,
  amount,
  currency,
  credits,
}: Pick<Operation, 'kind' | 'amount' | 'currency' | 'credits'>): string {
  if (kind === 'stripe_refund' && amount !== null && currency !== null) {
    return `Refund ${formatMoney(amount, currency)}`;
  }
  if (kind === 'credit_adjustment') {
    return `Credits ${formatCredits(credits ?? 0, { signed: true })}`;
  }
  return 'Generation hold';
}

const ANSWERS: Record<OpenOutcome, string> = {
  unknown: 'No answer came, or one that says nothing.',
  server_error: 'The answer was an error of the server: it may have been done all the same.',
  stored_error: 'The same error came again under the same key.',
  busy: 'Too much was going on there at that moment.',
  refused: 'It was refused.',
  contradicted: 'It was refused, against what had been read before.',
  conflict: 'The key had been used for something else.',
  mismatched: 'The answer was of something else than what was sent.',
};

/** What the last try came to, as far as anybody knows. */
export const describeOutcome = (outcome: OpenOutcome | null): string =>
  outcome === null ? 'Nothing is known of an answer.' : ANSWERS[outcome];

/** Why the program leaves a step in review alone. */
export const MANUAL_REVIEW_EXPLANATION =
  'Sending it again could make it happen twice, and calling it failed could leave somebody unpaid: only a person can tell which it is.';

/** `re_1 of $49.00, made on Monday 4 May 2026 (succeeded)`. `currency` may be unknown. */
export const nameRefund = (refund: {
  id: string;
  amount: number;
  currency: string | null;
  createdAt: Instant;
  status: string;
}): string => {
  const { id, amount, currency, createdAt, status } = refund;
  const money = currency === null ? '' : ` of ${formatMoney(amount, currency)}`;
  return `${id}${money}, made on ${formatDay(createdAt)} (${status})`;
};

/** What Stripe says of a refund that it has taken: only `succeeded` is done. */
function describeRefundStatus({
  externalStatus: status,
  externalReason: reason,
}: Pick<Operation, 'externalStatus' | 'externalReason'>): string {
  if (status === 'succeeded') return 'Done';
  if (status === 'requires_action') return 'Taken by Stripe, which needs an action';
  if (status !== 'pending') return `Taken by Stripe, which calls it “${status ?? 'nothing'}”`;
  if (reason === null || reason === 'processing') return 'Taken by Stripe, being processed';
  return reason === 'insufficient_funds'
    ? 'Taken by Stripe, waits for funds in our balance there'
    : `Taken by Stripe, pending: ${reason.replaceAll('_', ' ')}`;
}

/** How far a step outside is. Of what nobody knows yet it says so: never that it failed. */
export function describeOperation(
  step: Pick<
    Operation,
    | ('state' | 'kind' | 'firstSentAt' | 'outcome' | 'leaseUntil' | 'error')
    | ('externalStatus' | 'externalReason')
  >,
): string {
  switch (step.state) {
    case 'waiting':
      return 'Waits for the step before it';
    case 'ready':
      return step.error === null ? 'About to be sent' : 'Waiting';
    case 'sending':
      if (step.outcome === 'contradicted') return 'Refused against what was read; asked again';
      return step.firstSentAt === null || step.outcome === null ? 'Being sent' : 'Outcome unknown';
    case 'succeeded':
      return step.kind === 'stripe_refund' ? describeRefundStatus(step) : 'Done';
    case 'failed':
      return 'Failed';
    case 'needs_review':
      return 'Outcome unknown: a person looks into it';
    case 'canceled':
      return 'Not sent';
  }
}
