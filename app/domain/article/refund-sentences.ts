import { factAmount, figure, text } from '#app/domain/article/told.ts';
import type { Sentence } from '#app/domain/article/told.ts';
import { creditsInWords } from '#app/domain/credits.ts';
import { agoInWords, durationInWords } from '#app/domain/time.ts';

export const creditsKeptAfterRefund: Sentence = (flag, now) =>
  `${factAmount(flag, 'refunded')} went back in full ${agoInWords(flag.since, now)}, yet ${creditsInWords(flag.credits ?? 0)} bought with it are still there. They should be taken back within ${durationInWords(figure(flag, 'revokeWithinMs'))}.`;

export const refundOverdue: Sentence = (flag, now) => {
  const state =
    text(flag, 'status') === 'requires_action'
      ? 'still waits for the customer'
      : 'is still pending';
  return `A refund of ${factAmount(flag, 'amount')} made ${agoInWords(flag.since, now)} ${state}; it was due ${agoInWords(figure(flag, 'due'), now)}. Promised within ${figure(flag, 'businessDays')} business days.`;
};

export const refundFailed: Sentence = (flag, now) =>
  `A refund of ${factAmount(flag, 'amount')} made ${agoInWords(flag.since, now)} failed, and no later one has taken its place.`;
