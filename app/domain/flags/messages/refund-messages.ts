import { factAmount, figure, text } from '#app/domain/flags/messages/message-context.ts';
import type { MessageWriter } from '#app/domain/flags/messages/message-context.ts';
import { formatCreditCount } from '#app/domain/money/credits.ts';
import { formatAgo, formatDuration } from '#app/domain/time/format-time.ts';

export const creditsKeptAfterRefund: MessageWriter = (flag, now) =>
  `${factAmount(flag, 'refunded')} went back in full ${formatAgo(flag.since, now)}, yet ${formatCreditCount(flag.credits ?? 0)} bought with it are still there. They should be taken back within ${formatDuration(figure(flag, 'revokeWithinMs'))}.`;

export const refundOverdue: MessageWriter = (flag, now) => {
  const state =
    text(flag, 'status') === 'requires_action'
      ? 'still waits for the customer'
      : 'is still pending';
  return `A refund of ${factAmount(flag, 'amount')} made ${formatAgo(flag.since, now)} ${state}; it was due ${formatAgo(figure(flag, 'due'), now)}. Promised within ${figure(flag, 'businessDays')} business days.`;
};

export const refundFailed: MessageWriter = (flag, now) =>
  `A refund of ${factAmount(flag, 'amount')} made ${formatAgo(flag.since, now)} failed, and no later one has taken its place.`;
