import { formatCreditCount } from '#app/domain/money/credits.ts';
import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { formatDay } from '#app/domain/time/format-day.ts';
import { greeting, emailBody } from '#app/domain/mail/email.ts';
import type { Email } from '#app/domain/mail/email.ts';
import type { AdjustmentCause } from '#app/domain/requests/request.ts';
const BECAUSE: Partial<Record<AdjustmentCause | 'refund_failed', string>> = {
  missing_credits: 'They belong to a payment of yours and had not arrived.',
  failed_generation: 'They had been taken for a generation that failed.',
  overcharged_generation: 'More had been taken for a generation than it costs.',
  refund_failed: 'They had been taken back for a refund that has since failed.',
};

/** Soon after, no day is named; later it is, since much may have been spent meanwhile. */
const describeAdded = (facts: { credits: number; addedAt: Instant; now: Instant }): string =>
  facts.now - facts.addedAt < DAY
    ? `We have added ${formatCreditCount(facts.credits)} to your balance.`
    : `On ${formatDay(facts.addedAt)} we added ${formatCreditCount(facts.credits)} to your balance.`;

/** Told once the product has booked credits in the customer's favour. */
export const creditsReturned = (facts: {
  name: string;
  /** Above 0. */
  credits: number;
  cause: AdjustmentCause | 'refund_failed';
  addedAt: Instant;
  now: Instant;
}): Email => ({
  subject: `${formatCreditCount(facts.credits)} added to your balance`,
  body: emailBody(
    greeting(facts.name),
    [describeAdded(facts), BECAUSE[facts.cause]].filter((text) => text !== undefined).join(' '),
    'There is nothing that you need to do.',
  ),
});
