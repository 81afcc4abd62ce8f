import type { Outcome } from '#app/domain/requests/outcome.ts';
import type { AdjustmentOutcome } from '#app/outside/product-api/answers.ts';
import type { RefundOutcome } from '#app/outside/stripe/refund-outcome.ts';

type ProductNo = Exclude<AdjustmentOutcome, { kind: 'accepted' }>;
type NotAccepted = Exclude<RefundOutcome, { kind: 'accepted' }>;

/** Stripe's answer in the words of our steps. */
export const refundOutcome = (sent: NotAccepted): Outcome => {
  const words = sent.message;
  switch (sent.kind) {
    case 'refused':
    case 'held':
    case 'busy':
      return { kind: sent.kind, words };
    case 'denied':
      // Nothing was done, and somebody must mend the key: not the request's fault, so it waits.
      return { kind: 'busy', words };
    case 'unknown':
      if (sent.why === 'in_use') return { kind: 'busy', words };
      if (sent.why === 'key_mismatch') return { kind: 'conflict', words };
      return {
        ...{ kind: 'unknown', words, replayed: sent.replayed },
        serverError: sent.why === 'server_error',
      };
  }
};

/** No such address: what a gateway says that has lost its way to the product, unless the product says why. */
const isNoAddress = (sent: ProductNo): boolean =>
  sent.kind === 'refused' && sent.code === null && (sent.status === 404 || sent.status === 405);

/**
 * The product's answer in the words of our steps. Its keys are our steps' ids and are never forgotten.
 * @param again whether it was sent before, and may have been booked then.
 */
export const productOutcome = (sent: ProductNo, again = false): Outcome => {
  const words = sent.message;
  if (again && isNoAddress(sent))
    return { kind: 'unknown', words, serverError: false, replayed: false };
  if (sent.kind === 'refused' || sent.kind === 'busy') return { kind: sent.kind, words };
  if (sent.kind === 'denied') return { kind: 'busy', words };
  return { kind: 'unknown', words, serverError: false, replayed: false };
};
