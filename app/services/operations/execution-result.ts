import type { Outcome } from '#app/domain/operations/outcome.ts';
import type { AdjustmentOutcome } from '#app/integrations/product-api/answers.ts';
import type { RefundOutcome } from '#app/integrations/stripe/refund-outcome.ts';

type ProductNo = Exclude<AdjustmentOutcome, { kind: 'accepted' | 'mismatched' }>;
type NotAccepted = Exclude<RefundOutcome, { kind: 'accepted' }>;

/** Stripe's answer in the words of our steps. */
export const refundOutcome = (sent: NotAccepted): Outcome => {
  const words = sent.message;
  switch (sent.kind) {
    case 'refused':
    case 'held':
    case 'busy':
    case 'mismatched':
      return { kind: sent.kind, words };
    case 'missing':
      // The charge was read a moment ago.
      return { kind: 'contradicted', words };
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

/**
 * Nothing is there: what a gateway says that has lost its way to the product. Of customers whose records
 * the product has sent us it contradicts these records, whoever says so.
 */
const isNothingThere = (sent: ProductNo): boolean =>
  sent.kind === 'refused' && [404, 405, 410].includes(sent.status);

/** The product's answer in the words of our steps. Its keys are our steps' ids and are never forgotten. */
export const productOutcome = (sent: ProductNo): Outcome => {
  const words = sent.message;
  if (isNothingThere(sent)) return { kind: 'contradicted', words };
  if (sent.kind === 'refused' || sent.kind === 'busy') return { kind: sent.kind, words };
  if (sent.kind === 'denied') return { kind: 'busy', words };
  return { kind: 'unknown', words, serverError: false, replayed: false };
};
