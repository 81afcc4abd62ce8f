import { Stripe } from 'stripe';
import { belongsToAnotherPayment } from '#app/domain/book/payment-ids.ts';
import { ofPayment } from '#app/integrations/stripe/types.ts';
import type { LiveRefund } from '#app/integrations/stripe/types.ts';
import { reasonOfError } from '#app/integrations/stripe/errors.ts';
import type { StripeErrorReason } from '#app/integrations/stripe/errors.ts';

type UnknownReason = Exclude<StripeErrorReason, 'busy' | 'denied' | 'refused'>;

/** How an attempt to refund went, as far as anyone can tell. */
export type RefundOutcome =
  /** Stripe has the refund. `replayed`: it had it already, under the same key. */
  | { kind: 'accepted'; refund: LiveRefund; replayed: boolean }
  /** Stripe says no, and has done nothing. */
  | { kind: 'refused'; code: string | null; message: string; param: string | null }
  /** Stripe says that there is no such charge, and has done nothing. */
  | { kind: 'missing'; message: string }
  /** Held by the account's own rules of approval: neither done nor failed. */
  | { kind: 'held'; code: string; message: string }
  /** Too many requests: nothing done, try later. */
  | { kind: 'busy'; message: string }
  /** The API key may not do this: nothing done, and nothing will be until somebody mends it. */
  | { kind: 'denied'; message: string }
  /** A refund, but not the one that was asked for: what became of that nobody knows. */
  | { kind: 'mismatched'; message: string }
  /** It may have happened. `replayed`: the answer is kept under the key, so repeating changes nothing. */
  | { kind: 'unknown'; why: UnknownReason; message: string; replayed: boolean };

const HELD = new Set(['approval_required', 'action_blocked']);

/** `resource_missing`, an address that leads nowhere, or a 400 that says the same in words. */
const isUnknownCharge = (facts: InstanceType<typeof Stripe.errors.StripeError> | null): boolean =>
  facts?.statusCode === 404 ||
  facts?.code === 'resource_missing' ||
  /\bno such (charge|payment[ _]?intent)\b/i.test(facts?.message ?? '');

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

const wasReplayed = (headers: Record<string, string> | undefined): boolean =>
  headers?.['idempotent-replayed'] === 'true';

/** What an error of the create call means for the money. */
export const outcomeOfError = (error: unknown): RefundOutcome => {
  const why = reasonOfError(error);
  const message = messageOf(error);
  const facts = error instanceof Stripe.errors.StripeError ? error : null;
  if (facts?.code !== undefined && HELD.has(facts.code))
    return { kind: 'held', code: facts.code, message };
  if (why === 'busy' || why === 'denied') return { kind: why, message };
  if (why === 'refused' && isUnknownCharge(facts)) return { kind: 'missing', message };
  if (why === 'refused')
    return { kind: 'refused', code: facts?.code ?? null, message, param: facts?.param ?? null };
  return { kind: 'unknown', why, message, replayed: wasReplayed(facts?.headers) };
};

export const sayMismatch = ({ id }: Pick<LiveRefund, 'id'>): string =>
  `Stripe answered with ${id}, which is not the refund that was sent.`;

/** What the client takes for success, checked: an answer without `error` need not be a refund. */
export const outcomeOfAnswer = (
  answer: Stripe.Response<Stripe.Refund>,
  draft: { paymentId: string; amount: number },
): RefundOutcome => {
  const { statusCode, headers } = answer.lastResponse;
  const isRefund =
    statusCode >= 200 &&
    statusCode < 300 &&
    (answer.object === undefined || answer.object === 'refund') &&
    typeof answer.id === 'string' &&
    answer.id !== '';
  const refund = isRefund ? ofPayment(answer, draft.paymentId) : null;
  if (refund && !belongsToAnotherPayment(refund, draft.paymentId) && refund.amount === draft.amount)
    return { kind: 'accepted', refund, replayed: wasReplayed(headers) };
  if (refund) return { kind: 'mismatched', message: sayMismatch(refund) };
  return {
    kind: 'unknown',
    why: 'unreadable',
    message: `Stripe answered ${statusCode} without a refund`,
    replayed: wasReplayed(headers),
  };
};
