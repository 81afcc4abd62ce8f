import { factAmount, figure, ownAmount, text } from '#app/domain/flags/messages/message-context.ts';
import type { MessageWriter, MessageContext } from '#app/domain/flags/messages/message-context.ts';
import { formatCreditCount, formatCredits } from '#app/domain/money/credits.ts';
import { formatAgo, dayAndTime, formatDuration } from '#app/domain/time/format-time.ts';

export const missingCredits: MessageWriter = (flag, now) => {
  const captured = `${factAmount(flag, 'amount')} captured ${formatAgo(flag.since, now)}`;
  const due = figure(flag, 'due');
  // What is due can be less than what was bought: part of the money has gone back.
  const buys =
    due < figure(flag, 'bought')
      ? `${captured}, ${factAmount(flag, 'refunded')} of it refunded, still buys ${formatCreditCount(due)}`
      : `${captured} bought ${formatCreditCount(due)}`;
  return `${buys}; ${arrival(figure(flag, 'granted'))}. Promised within ${formatDuration(figure(flag, 'graceMs'))}.`;
};

function arrival(granted: number): string {
  if (granted === 0) return 'none have arrived';
  if (granted > 0)
    return `only ${formatCredits(granted)} ${granted === 1 ? 'has' : 'have'} arrived`;
  return `instead ${formatCredits(-granted)} were taken`;
}

export const duplicateCharge: MessageWriter = (flag, now) => {
  const charged = `${ownAmount(flag)} charged ${formatAgo(flag.since, now)}`;
  if (flag.confidence === 'possible') {
    return `Possible duplicate: ${charged}, ${apart(flag)}. No shared invoice or period and no missing credits prove it, so both may have been wanted.`;
  }
  const proofs: Record<string, string> = {
    invoice: 'The charges are for one invoice.',
    period: 'The charges are for one subscription period.',
    uncredited: 'One of the charges brought no credits.',
  };
  const proof = proofs[text(flag, 'proof') ?? ''] ?? 'The charges belong together.';
  return `${times(figure(flag, 'charges'))}: ${charged}, ${apart(flag)}. ${proof}`;
};

const times = (charges: number): string =>
  charges === 2 ? 'Charged twice' : `Charged ${formatCredits(charges)} times`;

function apart(flag: MessageContext): string {
  const length = figure(flag, 'apartMs');
  return length < 1_000
    ? 'at the same moment as an equal charge'
    : `${formatDuration(length)} after an equal charge`;
}

export const chargeAfterCancellation: MessageWriter = (flag, now) => {
  const plan = text(flag, 'plan') ?? 'a plan';
  const from = dayAndTime(figure(flag, 'periodStart'), now);
  const ended = dayAndTime(figure(flag, 'endedAt'), now);
  return `${ownAmount(flag)} captured ${formatAgo(flag.since, now)} renewed ${plan} from ${from} on, but the subscription had ended ${ended} UTC.`;
};

export const secondSubscription: MessageWriter = (flag, now) =>
  `A second subscription to ${text(flag, 'plan') ?? 'one plan'} is ${statusOf(flag, 'status')} (period from ${dayAndTime(flag.since, now)}) beside one that is ${statusOf(flag, 'firstStatus')} (period from ${dayAndTime(figure(flag, 'firstStart'), now)} UTC).`;

const statusOf = (flag: MessageContext, name: string): string =>
  (text(flag, name) ?? 'running').replaceAll('_', ' ');

export const missingInvoice: MessageWriter = (flag, now) => {
  const named = text(flag, 'namedInvoice');
  const lacks = named === null ? 'has no invoice' : `names invoice ${named}, which is not there`;
  return `${factAmount(flag, 'amount')} captured ${formatAgo(flag.since, now)} ${lacks}. Promised within ${formatDuration(figure(flag, 'graceMs'))}.`;
};

export const excessCredits: MessageWriter = (flag, now) => {
  const status = text(flag, 'status');
  const failed = status === 'failed' || status === 'canceled';
  const payment = `${failed ? `A ${status} payment` : 'A payment'} of ${factAmount(flag, 'amount')} made ${formatAgo(flag.since, now)}`;
  const allowed = figure(flag, 'allowed');
  const should = failed
    ? 'it should have brought none'
    : `it bought ${allowed === 0 ? 'none' : formatCredits(allowed)}`;
  return `${payment} brought ${formatCreditCount(figure(flag, 'brought'))}; ${should}.`;
};

export const disputeOpen: MessageWriter = (flag, now) => {
  const taken = flag.facts['captured'] === true ? 'captured' : 'charged';
  const charge = `${factAmount(flag, 'amount')} ${taken} ${formatAgo(flag.since, now)}`;
  return text(flag, 'dispute') === 'inquiry'
    ? `The bank inquires about ${charge}; it can be refunded only as long as Stripe allows it.`
    : `A dispute is open over ${charge}; it cannot be refunded here meanwhile.`;
};

export const paymentsFailing: MessageWriter = (flag, now) =>
  `${formatCredits(figure(flag, 'failures'))} payments failed within ${formatDuration(figure(flag, 'withinMs'))}, the latest ${formatAgo(figure(flag, 'latestAt'), now)}, and none has gone through since.`;

export const cardSetupFailing: MessageWriter = (flag, now) =>
  `${formatCredits(figure(flag, 'failures'))} attempts to save a card failed within ${formatDuration(figure(flag, 'withinMs'))}, the latest ${formatAgo(figure(flag, 'latestAt'), now)}, and none has worked since.`;
