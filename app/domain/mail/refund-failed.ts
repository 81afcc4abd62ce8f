import { greeting, emailBody } from '#app/domain/mail/email.ts';
import type { Email } from '#app/domain/mail/email.ts';
import { formatCard } from '#app/domain/money/format-card.ts';
import type { RefundEmail } from '#app/domain/mail/refund-email.ts';
import { formatDay } from '#app/domain/time/format-day.ts';
/** Reasons of Stripe that mean that the card can take no refund any more. A lost card is not named as one. */
const CARD_IS_GONE = ['lost_or_stolen_card', 'expired_or_canceled_card'];

/** Told when a refund that the customer knows of has come to nothing. */
export function refundFailed(
  facts: RefundEmail,
  { status, reason }: { status: 'failed' | 'canceled'; reason: string | null },
): Email {
  const { amount } = facts;
  const end = status === 'failed' ? 'did not go through' : 'was canceled';
  const isCard = status === 'failed' && reason !== null && CARD_IS_GONE.includes(reason);
  return {
    subject: `Your refund of ${amount} ${end}`,
    body: emailBody(
      greeting(facts.name),
      `The refund of ${amount} that we made on ${formatDay(facts.madeAt)} to ${formatCard(facts.last4)} ${end}: you have not received it.`,
      `${isCard ? 'This happens when a card or account has been closed or replaced. ' : ''}Please reply to this mail so that we can find another way together.`,
    ),
  };
}
