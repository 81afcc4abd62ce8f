import { creditsInWords } from '#app/domain/credits.ts';
import { greeting, letterBody } from '#app/domain/mail/letter.ts';
import type { Letter } from '#app/domain/mail/letter.ts';
import type { AdjustmentCause } from '#app/domain/requests/request.ts';

const BECAUSE: Partial<Record<AdjustmentCause | 'refund_failed', string>> = {
  missing_credits: 'They belong to a payment of yours and had not arrived.',
  failed_generation: 'They had been taken for a generation that failed.',
  overcharged_generation: 'More had been taken for a generation than it costs.',
  refund_failed: 'They had been taken back for a refund that has since failed.',
};

/** Told once the product has booked credits in the customer's favour. */
export const creditsReturned = (facts: {
  name: string;
  /** Above 0. */
  credits: number;
  cause: AdjustmentCause | 'refund_failed';
}): Letter => ({
  subject: `${creditsInWords(facts.credits)} added to your balance`,
  body: letterBody(
    greeting(facts.name),
    [`We have added ${creditsInWords(facts.credits)} to your balance.`, BECAUSE[facts.cause]]
      .filter((text) => text !== undefined)
      .join(' '),
    'There is nothing that you need to do.',
  ),
});
