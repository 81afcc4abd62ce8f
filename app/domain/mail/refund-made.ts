import { DAY } from '#app/lib/instant.ts';
import { greeting, emailBody } from '#app/domain/mail/email.ts';
import type { Email } from '#app/domain/mail/email.ts';
import { formatCard } from '#app/domain/money/format-card.ts';
import { describeClawback } from '#app/domain/mail/refund-email.ts';
import type { RefundEmail } from '#app/domain/mail/refund-email.ts';
import { formatDay } from '#app/domain/time/format-day.ts';
import { paymentOfDay, refundWindow } from '#app/domain/mail/refund-window.ts';
const dayOf = (at: number): number => Math.floor(at / DAY);

/**
 * Told once Stripe calls the refund succeeded. The days are counted from when Stripe made it, and none
 * that has gone by is promised.
 */
export function refundMade(facts: RefundEmail): Email {
  const { from, to } = refundWindow(facts.madeAt);
  if (dayOf(facts.now) > dayOf(to)) return longAgo(facts);
  const isEarly = dayOf(facts.now) <= dayOf(from);
  const expected = isEarly
    ? `Banks usually take 5 to 10 business days: expect it between ${formatDay(from)} and ${formatDay(to)}. `
    : `Banks usually take 5 to 10 business days from ${formatDay(facts.madeAt)}, when it was made: expect it by ${formatDay(to)}. `;
  return {
    subject: `Your refund of ${facts.amount} is on its way`,
    body: emailBody(
      greeting(facts.name),
      `A refund of ${facts.amount}${paymentOfDay(facts.chargedAt)} is on its way to ${formatCard(facts.last4)}.`,
      describeClawback(facts.takenBack),
      expected +
        'If your payment was recent, the charge may disappear from your statement instead of a refund appearing on it.',
      'We will write again only if the bank sends it back.',
    ),
  };
}

/** The letter leaves when the refund should have arrived. */
function longAgo(facts: RefundEmail): Email {
  const { amount, madeAt } = facts;
  return {
    subject: `Your refund of ${amount} was made on ${formatDay(madeAt)}`,
    body: emailBody(
      greeting(facts.name),
      `We refunded ${amount}${paymentOfDay(facts.chargedAt)} to ${formatCard(facts.last4)} on ${formatDay(madeAt)}.`,
      describeClawback(facts.takenBack),
      'Banks usually take 5 to 10 business days, so it should be on your statement by now. ' +
        'If it is not, please reply to this mail.',
    ),
  };
}
