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
  unknown: 'No answer, or an empty one.',
  server_error: 'Server error. It may still have gone through.',
  stored_error: 'The same error again under the same key.',
  busy: 'Rate limited at that moment.',
  refused: 'Refused.',
  contradicted: 'Refused, contrary to what was read before.',
  conflict: 'The key was already used for something else.',
  mismatched: 'The answer was about something else.',
};

/** What the last try came to, as far as anybody knows. */
export const describeOutcome = (outcome: OpenOutcome | null): string =>
  outcome === null ? 'No answer is known.' : ANSWERS[outcome];

/** Why the program leaves a step in review alone. */
export const MANUAL_REVIEW_EXPLANATION =
  'Sending it again could do it twice; calling it failed could leave someone unpaid. A person has to decide.';

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
  if (status === 'requires_action') return 'With Stripe: action required';
  if (status !== 'pending') return `With Stripe, status “${status ?? 'nothing'}”`;
  if (reason === null || reason === 'processing') return 'With Stripe: processing';
  return reason === 'insufficient_funds'
    ? 'With Stripe: waiting for funds in our balance'
    : `With Stripe, pending: ${reason.replaceAll('_', ' ')}`;
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
      return 'Waiting for the previous step';
    case 'ready':
      return step.error === null ? 'Queued' : 'Waiting';
    case 'sending':
      if (step.outcome === 'contradicted')
        return 'Refused, contrary to what was read; trying again';
      return step.firstSentAt === null || step.outcome === null ? 'Sending' : 'Outcome unknown';
    case 'succeeded':
      return step.kind === 'stripe_refund' ? describeRefundStatus(step) : 'Done';
    case 'failed':
      return 'Failed';
    case 'needs_review':
      return 'Outcome unknown: needs a person';
    case 'canceled':
      return 'Not sent';
  }
}
