import { creditsInWords } from '#app/domain/credits.ts';
import type { Instant } from '#app/domain/instant.ts';
import { dayInWords } from '#app/domain/mail/refund-window.ts';
import { cardInWords } from '#app/domain/mail/refund-letter.ts';
import { formatMoney } from '#app/domain/money.ts';
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
export function sayAsked(content: RequestContent, payment: NamedPayment | null): string {
  switch (content.kind) {
    case 'refund':
      return sayRefund(content, payment);
    case 'credit_adjustment':
      return sayAdjustment(content, payment);
    case 'generation_hold':
      return content.hold
        ? 'Stop this customer’s generations until they are let go on.'
        : 'Let this customer’s generations go on.';
  }
}

function sayRefund(content: RefundContent, payment: NamedPayment | null): string {
  const amount = formatMoney(content.amount, content.currency);
  const what =
    payment === null
      ? `Pay ${amount} back to the payment method that was charged`
      : `Pay back ${content.amount === payment.amount ? `all of the ${amount}` : `${amount} of the ${formatMoney(payment.amount, payment.currency)}`} charged on ${dayInWords(payment.at)} to ${cardInWords(payment.last4)}`;
  return `${what}, ${sayCredits(content)}.`;
}

function sayCredits({ creditChoice, takeBack }: RefundContent): string {
  if (takeBack > 0) return `and take back ${creditsInWords(takeBack)} that it brought`;
  return creditChoice === 'keep'
    ? 'and leave the credits that it brought'
    : 'and take back no credits: none of them are left';
}

function sayAdjustment(
  { credits, cause }: AdjustmentContent,
  payment: NamedPayment | null,
): string {
  if (credits < 0) return `Take ${creditsInWords(-credits)} from the balance.`;
  if (cause !== 'missing_credits' || payment === null) {
    return `Add ${creditsInWords(credits)} to the balance.`;
  }
  const paid = formatMoney(payment.amount, payment.currency);
  return `Add ${creditsInWords(credits)} that the payment of ${paid} on ${dayInWords(payment.at)} should have brought.`;
}
