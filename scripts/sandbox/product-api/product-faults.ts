import { z } from 'zod';
import { fault } from '#scripts/sandbox/product-api/answer-product.ts';
import type { ProductReply } from '#scripts/sandbox/product-api/answer-product.ts';

/** @internal */
export const PRODUCT_FAULTS = [
  'reset_before',
  'reset_after',
  'hang_before',
  'hang_after',
  '500_after',
  '500_before',
  '409',
  '429',
  '401',
  '404_gateway',
  '404_no_such_customer',
  'truncated_json',
  'html_502',
  'slow',
  'other_entry',
] as const;

export const productFault = z.strictObject({
  fault: z.enum(PRODUCT_FAULTS),
  method: z.enum(['GET', 'POST', 'PUT']).default('POST'),
  times: z.int().positive().default(1),
  customerId: z.string().optional(),
  /** How long `slow` waits, in milliseconds. */
  ms: z.int().nonnegative().default(25_000),
  /** For `other_entry`: whether the call is carried out, and what the answer says instead. */
  done: z.boolean().optional(),
  change: z.record(z.string(), z.unknown()).optional(),
});
export type ProductFaultRule = z.output<typeof productFault>;

/** What the client gets: an answer, a cut connection, or nothing at all. */
export type ProductOutcome =
  | { kind: 'reply'; status: number; type: string; text: string }
  | { kind: 'cut' }
  | { kind: 'hang' };

export const asJson = ({ status, value }: ProductReply): ProductOutcome => ({
  kind: 'reply',
  status,
  type: 'application/json',
  text: JSON.stringify(value),
});

const truncated = (reply: ProductReply): ProductOutcome => {
  const text = JSON.stringify(reply.value);
  return {
    kind: 'reply',
    status: reply.status,
    type: 'application/json',
    text: text.slice(0, text.length / 2),
  };
};

/** Carries a call out, or not, as the fault wants it. */
export const strikeProduct = async (
  rule: ProductFaultRule,
  carryOut: () => ProductReply,
  wait: (ms: number) => Promise<void>,
): Promise<ProductOutcome> => {
  switch (rule.fault) {
    case 'reset_before':
      return { kind: 'cut' };
    case 'reset_after':
      carryOut();
      return { kind: 'cut' };
    case 'hang_before':
      return { kind: 'hang' };
    case 'hang_after':
      carryOut();
      return { kind: 'hang' };
    case '500_after':
      carryOut();
      return asJson(fault(500, 'internal', 'Something went wrong.'));
    case '500_before':
      return asJson(fault(500, 'internal', 'Something went wrong.'));
    case '409':
      return asJson(fault(409, 'in_use', 'A request under this key is still running.'));
    case '429':
      return asJson(fault(429, 'too_many', 'Too many requests.'));
    case '401':
      return asJson(fault(401, 'signature', 'The signature does not fit.'));
    case '404_gateway':
      return asJson({ status: 404, value: { message: 'no Route matched with those values' } });
    case '404_no_such_customer':
      return asJson(fault(404, 'no_such_customer', 'No such customer.'));
    case 'truncated_json':
      return truncated(carryOut());
    case 'html_502':
      carryOut();
      return { kind: 'reply', status: 502, type: 'text/html', text: '<h1>502 Bad Gateway</h1>' };
    case 'slow':
      await wait(rule.ms);
      return asJson(carryOut());
    case 'other_entry': {
      const value = (rule.done ?? true) ? carryOut().value : { type: 'ledgerEntry' };
      return asJson({
        status: 200,
        value: { ...(value as object), ...(rule.change ?? { credits: 1 }) },
      }); // an answer is an object
    }
  }
};
