import { formatCreditCount } from '#app/domain/money/credits.ts';
import type { Instant } from '#app/lib/instant.ts';
import { formatDay } from '#app/domain/time/format-day.ts';
import { formatCard } from '#app/domain/money/format-card.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type {
  AdjustmentContent,
  RefundContent,
  RequestContent,
} from '#app/domain/requests/request.ts';
/** The payment that a request names, as far as a sentence needs it. */
export interface NamedPayment {
  /** Minor units that were captured. */
  amount: number;
  currency: string;
  at: Instant;
  last4: string | null;
}

/** What is asked for, in one plain sentence. @param payment null where the book does not hold it. */
export function describeRequest(content: RequestContent, payment: NamedPayment | null): string {
  switch (content.kind) {
    case 'refund':
      return describeRefund(content, payment);
    case 'credit_adjustment':
      return describeAdjustment(content, payment);
    case 'generation_hold':
      return content.hold
        ? 'Hold this customer’s generations until the hold is released.'
        : 'Release the hold on this customer’s generations.';
  }
}

function describeRefund(content: RefundContent, payment: NamedPayment | null): string {
  const amount = formatMoney(content.amount, content.currency);
  const what =
    payment === null
      ? `Pay ${amount} back to the payment method that was charged`
      : `Pay back ${content.amount === payment.amount ? `all of the ${amount}` : `${amount} of the ${formatMoney(payment.amount, payment.currency)}`} charged on ${formatDay(payment.at)} to ${formatCard(payment.last4)}`;
  return `${what}, ${describeCredits(content)}.`;
}

function describeCredits({ creditChoice, takeBack }: RefundContent): string {
  if (takeBack > 0) return `and take back ${formatCreditCount(takeBack)} from it`;
  return creditChoice === 'keep'
    ? 'and keep the credits from it'
    : 'and take back no credits: none of them are left';
}

function describeAdjustment(
  { credits, cause }: AdjustmentContent,
  payment: NamedPayment | null,
): string {
  if (credits < 0) return `Take ${formatCreditCount(-credits)} from the balance.`;
  if (cause !== 'missing_credits' || payment === null) {
    return `Add ${formatCreditCount(credits)} to the balance.`;
  }
  const paid = formatMoney(payment.amount, payment.currency);
  return `Add ${formatCreditCount(credits)} that the payment of ${paid} on ${formatDay(payment.at)} should have brought.`;
}
