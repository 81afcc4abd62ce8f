import { greeting, letterBody } from '#app/domain/mail/letter.ts';
import type { Letter } from '#app/domain/mail/letter.ts';
import { cardInWords } from '#app/domain/mail/refund-letter.ts';
import type { RefundLetter } from '#app/domain/mail/refund-letter.ts';
import { dayInWords } from '#app/domain/mail/refund-window.ts';

/** Reasons of Stripe that mean that the card can take no refund any more. A lost card is not named as one. */
const CARD_IS_GONE = ['lost_or_stolen_card', 'expired_or_canceled_card'];

/** Told when a refund that the customer knows of has come to nothing. */
export function refundFailed(
  facts: RefundLetter,
  { status, reason }: { status: 'failed' | 'canceled'; reason: string | null },
): Letter {
  const { amount } = facts;
  const end = status === 'failed' ? 'did not go through' : 'was canceled';
  const isCard = status === 'failed' && reason !== null && CARD_IS_GONE.includes(reason);
  return {
    subject: `Your refund of ${amount} ${end}`,
    body: letterBody(
      greeting(facts.name),
      `The refund of ${amount} that we made on ${dayInWords(facts.madeAt)} to ${cardInWords(facts.last4)} ${end}: you have not received it.`,
      `${isCard ? 'This happens when a card or account has been closed or replaced. ' : ''}Please reply to this mail so that we can find another way together.`,
    ),
  };
}
