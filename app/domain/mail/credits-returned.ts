import { creditsInWords } from '#app/domain/credits.ts';
import { DAY } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import { dayInWords } from '#app/domain/mail/refund-window.ts';
import { greeting, letterBody } from '#app/domain/mail/letter.ts';
import type { Letter } from '#app/domain/mail/letter.ts';
import type { AdjustmentCause } from '#app/domain/requests/request.ts';

const BECAUSE: Partial<Record<AdjustmentCause | 'refund_failed', string>> = {
  missing_credits: 'They belong to a payment of yours and had not arrived.',
  failed_generation: 'They had been taken for a generation that failed.',
  overcharged_generation: 'More had been taken for a generation than it costs.',
  refund_failed: 'They had been taken back for a refund that has since failed.',
};

/** Soon after, no day is named; later it is, since much may have been spent meanwhile. */
const sayAdded = (facts: { credits: number; addedAt: Instant; now: Instant }): string =>
  facts.now - facts.addedAt < DAY
    ? `We have added ${creditsInWords(facts.credits)} to your balance.`
    : `On ${dayInWords(facts.addedAt)} we added ${creditsInWords(facts.credits)} to your balance.`;

/** Told once the product has booked credits in the customer's favour. */
export const creditsReturned = (facts: {
  name: string;
  /** Above 0. */
  credits: number;
  cause: AdjustmentCause | 'refund_failed';
  addedAt: Instant;
  now: Instant;
}): Letter => ({
  subject: `${creditsInWords(facts.credits)} added to your balance`,
  body: letterBody(
    greeting(facts.name),
    [sayAdded(facts), BECAUSE[facts.cause]].filter((text) => text !== undefined).join(' '),
    'There is nothing that you need to do.',
  ),
});
