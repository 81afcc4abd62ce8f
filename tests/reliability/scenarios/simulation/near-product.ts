import { readAdjustmentAnswer, readFault } from '#app/integrations/product-api/answers.ts';
import { ProductUnavailableError } from '#app/integrations/product-api/create-product-api.ts';
import type { ProductApi } from '#app/integrations/product-api/create-product-api.ts';
import { answerProduct } from '#scripts/sandbox/product-api/answer-product.ts';
import type { Product } from '#scripts/sandbox/product-api/product.ts';
import { assertNotWriting } from '#db/store.ts';

/** What goes wrong with the next call: it is lost before it was carried out, or its answer is. */
export type Loss = 'before' | 'after' | null;

/** The local product without a socket, so that a seed replays its run. */
export const nearProduct = (product: Product, loss: () => Loss): ProductApi => {
  const call = (method: string, path: string, body: string, key: string | null) => {
    assertNotWriting(`${method} ${path}`);
    const lost = loss();
    if (lost === 'before') return null;
    const { status, value } = answerProduct(product, { method, path, body, key });
    return lost === 'after' ? null : { status, text: JSON.stringify(value), json: true };
  };
  const unknown = { kind: 'unknown', message: 'the connection to the product failed' } as const;
  return {
    isSet: true,
    postAdjustment: async ({ body, key }) => {
      const answer = call('POST', '/credit-adjustments', body, key);
      return answer ? readAdjustmentAnswer(answer, body) : unknown;
    },
    readAdjustment: async (id) => {
      const answer = call('GET', `/credit-adjustments/${id}`, '', null);
      if (!answer) throw new ProductUnavailableError('the connection to the product failed');
      const outcome = readAdjustmentAnswer(answer, null);
      if (outcome.kind === 'accepted') return outcome.entry;
      if (outcome.kind === 'refused' && outcome.status === 404) return null;
      throw new ProductUnavailableError(`the product answered ${answer.status}`);
    },
    putHold: async ({ customerId, hold, reason, key }) => {
      const path = `/customers/${customerId}/generation-hold`;
      const answer = call('PUT', path, JSON.stringify({ hold, reason }), key);
      if (!answer) return unknown;
      return answer.status < 300 ? { kind: 'accepted' } : readFault(answer);
    },
  };
};
