import { DAY } from '#app/domain/instant.ts';
import { greeting, letterBody } from '#app/domain/mail/letter.ts';
import type { Letter } from '#app/domain/mail/letter.ts';
import { cardInWords, sayTakenBack } from '#app/domain/mail/refund-letter.ts';
import type { RefundLetter } from '#app/domain/mail/refund-letter.ts';
import { dayInWords, paymentOfDay, refundWindow } from '#app/domain/mail/refund-window.ts';

const dayOf = (at: number): number => Math.floor(at / DAY);

/**
 * Told once Stripe calls the refund succeeded. The days are counted from when Stripe made it, and none
 * that has gone by is promised.
 */
export function refundMade(facts: RefundLetter): Letter {
  const { from, to } = refundWindow(facts.madeAt);
  if (dayOf(facts.now) > dayOf(to)) return longAgo(facts);
  const isEarly = dayOf(facts.now) <= dayOf(from);
  const expected = isEarly
    ? `Banks usually take 5 to 10 business days: expect it between ${dayInWords(from)} and ${dayInWords(to)}. `
    : `Banks usually take 5 to 10 business days from ${dayInWords(facts.madeAt)}, when it was made: expect it by ${dayInWords(to)}. `;
  return {
    subject: `Your refund of ${facts.amount} is on its way`,
    body: letterBody(
      greeting(facts.name),
      `A refund of ${facts.amount}${paymentOfDay(facts.chargedAt)} is on its way to ${cardInWords(facts.last4)}.`,
      sayTakenBack(facts.takenBack),
      expected +
        'If your payment was recent, the charge may disappear from your statement instead of a refund appearing on it.',
      'We will write again only if the bank sends it back.',
    ),
  };
}

/** The letter leaves when the refund should have arrived. */
function longAgo(facts: RefundLetter): Letter {
  const { amount, madeAt } = facts;
  return {
    subject: `Your refund of ${amount} was made on ${dayInWords(madeAt)}`,
    body: letterBody(
      greeting(facts.name),
      `We refunded ${amount}${paymentOfDay(facts.chargedAt)} to ${cardInWords(facts.last4)} on ${dayInWords(madeAt)}.`,
      sayTakenBack(facts.takenBack),
      'Banks usually take 5 to 10 business days, so it should be on your statement by now. ' +
        'If it is not, please reply to this mail.',
    ),
  };
}
