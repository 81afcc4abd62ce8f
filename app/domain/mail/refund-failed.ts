import { cardInWords } from '#app/domain/mail/refund-on-its-way.ts';
import type { RefundLetter } from '#app/domain/mail/refund-on-its-way.ts';
import { dayInWords } from '#app/domain/mail/refund-window.ts';
import { greeting, letterBody } from '#app/domain/mail/letter.ts';
import type { Letter } from '#app/domain/mail/letter.ts';
import { formatMoney } from '#app/domain/money.ts';

/** Told when a refund that was on its way has come back. Why is the bank's matter and is not guessed at. */
export function refundFailed(facts: RefundLetter): Letter {
  const amount = formatMoney(facts.amount, facts.currency);
  return {
    subject: `Your refund of ${amount} did not go through`,
    body: letterBody(
      greeting(facts.name),
      `The refund of ${amount} that we made on ${dayInWords(facts.madeAt)} to ${cardInWords(facts.last4)} was not accepted and has come back to us. You have not received it.`,
      'This happens when a card or account has been closed or replaced. Please reply to this mail so that we can find another way together.',
    ),
  };
}
