import { z } from 'zod';
import type { LedgerEntry } from '#app/domain/book/records.ts';
import { toIso } from '#app/lib/instant.ts';
import { adjustmentInput } from '#scripts/sandbox/product-api/product.ts';
import type { Product } from '#scripts/sandbox/product-api/product.ts';

export interface ProductCall {
  method: string;
  path: string;
  body: string;
  key: string | null;
}

export interface ProductReply {
  status: number;
  value: unknown;
}

export const fault = (status: number, code: string, message: string): ProductReply => ({
  status,
  value: { error: { code, message } },
});

/** An entry as a line of the book format: what is null is left out. */
const entryLine = (entry: LedgerEntry): Record<string, unknown> => ({
  type: 'ledgerEntry',
  ...Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null)),
  occurredAt: toIso(entry.occurredAt),
});

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const wrong = (error: z.ZodError): ProductReply =>
  fault(
    422,
    'invalid',
    error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '),
  );

const adjust = (product: Product, { body, key }: ProductCall): ProductReply => {
  const input = adjustmentInput.safeParse(parseJson(body));
  if (!input.success) return wrong(input.error);
  if (key !== input.data.id)
    return fault(400, 'key_missing', 'Idempotency-Key must be the id of the adjustment.');
  const known = product.adjusted.get(input.data.id);
  if (known && known.body !== body)
    return fault(409, 'key_mismatch', 'This id was used for another adjustment.');
  if (known) return { status: 200, value: entryLine(known.entry) };
  if (!product.knows(input.data.customerId))
    return fault(404, 'no_such_customer', `No customer ${input.data.customerId}.`);
  return { status: 200, value: entryLine(product.adjust(input.data, body)) };
};

const holdInput = z.strictObject({ hold: z.boolean(), reason: z.string().min(1) });

const hold = (product: Product, customerId: string, body: string): ProductReply => {
  const input = holdInput.safeParse(parseJson(body));
  if (!input.success) return wrong(input.error);
  if (!product.knows(customerId))
    return fault(404, 'no_such_customer', `No customer ${customerId}.`);
  product.holds.set(customerId, input.data);
  return { status: 200, value: { customerId, ...input.data } };
};

/** What the product answers to a call whose signature has been checked. */
export const answerProduct = (product: Product, call: ProductCall): ProductReply => {
  const { method, path } = call;
  if (method === 'POST' && path === '/credit-adjustments') return adjust(product, call);
  const [, adjustmentId] = /^\/credit-adjustments\/([^/]+)$/.exec(path) ?? [];
  if (method === 'GET' && adjustmentId !== undefined) {
    const known = product.adjusted.get(decodeURIComponent(adjustmentId));
    return known
      ? { status: 200, value: entryLine(known.entry) }
      : fault(404, 'not_found', 'No such adjustment.');
  }
  const [, customerId] = /^\/customers\/([^/]+)\/generation-hold$/.exec(path) ?? [];
  if (method === 'PUT' && customerId !== undefined)
    return hold(product, decodeURIComponent(customerId), call.body);
  return fault(404, 'no_such_path', `Nothing is at ${method} ${path}.`);
};
