import { greeting, emailBody } from '#app/domain/mail/email.ts';
import type { Email } from '#app/domain/mail/email.ts';
import { formatCard } from '#app/domain/money/format-card.ts';
import { describeClawback } from '#app/domain/mail/refund-email.ts';
import type { RefundEmail } from '#app/domain/mail/refund-email.ts';
import { paymentOfDay } from '#app/domain/mail/refund-window.ts';
/** What Stripe may be waiting for that a customer can be told of. */
export type Pending = 'processing' | 'charge_pending';

const WORDS: Record<Pending, { subject: string; says: string }> = {
  processing: {
    subject: 'is being processed',
    says: 'The provider has accepted this and is processing it.',
  },
  charge_pending: {
    subject: 'waits for your payment to be completed',
    says: 'The provider has accepted this and will carry it out once your payment itself has been completed.',
  },
};

/** Told while Stripe has taken the refund and not carried it out: no day is named. */
export function refundPending(facts: RefundEmail, pending: Pending): Email {
  const { subject, says } = WORDS[pending];
  return {
    subject: `Your refund of ${facts.amount} ${subject}`,
    body: emailBody(
      greeting(facts.name),
      `We have asked our payment provider to refund ${facts.amount}${paymentOfDay(facts.chargedAt)} to ${formatCard(facts.last4)}. ${says}`,
      describeClawback(facts.takenBack),
      'We will write again when the refund is on its way.',
    ),
  };
}
