import { dayInWords } from '#app/domain/mail/refund-window.ts';
import type { Instant } from '#app/domain/instant.ts';
import { formatCredits } from '#app/domain/credits.ts';
import { formatMoney } from '#app/domain/money.ts';
import type { OpenOutcome, Operation } from '#app/domain/requests/operation.ts';

/** What a step would do outside: `Refund $10.00`, `Credits +5,000`. */
export function sayEffect({
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
export const sayOutcome = (outcome: OpenOutcome | null): string =>
  outcome === null ? 'Nothing is known of an answer.' : ANSWERS[outcome];

/** Why the program leaves a step in review alone. */
export const WHY_NOTHING_HAPPENS =
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
  return `${id}${money}, made on ${dayInWords(createdAt)} (${status})`;
};
