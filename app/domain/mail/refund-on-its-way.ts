import { dayInWords, refundWindow } from '#app/domain/mail/refund-window.ts';
import { greeting, letterBody } from '#app/domain/mail/letter.ts';
import type { Letter } from '#app/domain/mail/letter.ts';
import type { Instant } from '#app/domain/instant.ts';
import { formatMoney } from '#app/domain/money.ts';

export interface RefundLetter {
  name: string;
  /** Minor units. */
  amount: number;
  currency: string;
  /** The card that paid; null where it is not known. */
  last4: string | null;
  chargedAt: Instant;
  /** When Stripe took the refund. */
  madeAt: Instant;
}

export const cardInWords = (last4: string | null): string =>
  last4 === null ? 'the payment method that was charged' : `the card ending in ${last4}`;

/** Told once Stripe has taken the refund, pending or done: it is on its way, and no more is said. */
export function refundOnItsWay(facts: RefundLetter): Letter {
  const amount = formatMoney(facts.amount, facts.currency);
  const { from, to } = refundWindow(facts.madeAt);
  return {
    subject: `Your refund of ${amount} is on its way`,
    body: letterBody(
      greeting(facts.name),
      `A refund of ${amount} for your payment of ${dayInWords(facts.chargedAt)} is on its way to ${cardInWords(facts.last4)}.`,
      `Banks usually take 5 to 10 business days: expect it between ${dayInWords(from)} and ${dayInWords(to)}. ` +
        'If your payment was recent, the charge may disappear from your statement instead of a refund appearing on it.',
      'We will write again only if the bank sends it back.',
    ),
  };
}
