import { z } from 'zod';
import type { BookRecord } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';
import { answerProduct, fault, parseJson } from '#scripts/sandbox/product-api/answer-product.ts';
import type { ProductCall } from '#scripts/sandbox/product-api/answer-product.ts';
import { openLines } from '#scripts/sandbox/lines.ts';
import { readBody, serveLoopback } from '#scripts/sandbox/loopback.ts';
import type { Visit } from '#scripts/sandbox/loopback.ts';
import {
  asJson,
  productFault,
  strikeProduct,
} from '#scripts/sandbox/product-api/product-faults.ts';
import type {
  ProductFaultRule,
  ProductOutcome,
} from '#scripts/sandbox/product-api/product-faults.ts';
import { Product } from '#scripts/sandbox/product-api/product.ts';
import type { Adjusted } from '#scripts/sandbox/product-api/product.ts';
import { isSigned } from '#scripts/sandbox/product-api/signed.ts';

export const SANDBOX_SECRET = 'sandbox-product-secret';

export interface ProductOptions {
  /** 0: any free port. */
  port?: number;
  secret?: string;
  now?: () => Instant;
  /** Takes up the ledgers of a book before anything else. */
  fill?: (product: Product) => void;
  /** A customer's record and ledger as they are now, asked for before each change. */
  readBook?: ((customerId: string) => Promise<BookRecord[]>) | undefined;
  /** Where adjustments are kept, so that they are there again after a restart. */
  journal?: string;
}

export interface RunningProduct {
  url: string;
  product: Product;
  /** What is to go wrong next. */
  faults: ProductFaultRule[];
  posts: ProductCall[];
  close: () => Promise<void>;
}

const inBody = z.looseObject({ customerId: z.string() });

const customerOf = ({ path, body }: ProductCall): string => {
  const [, inPath] = /^\/customers\/([^/]+)\//.exec(path) ?? [];
  return inPath === undefined
    ? (inBody.safeParse(parseJson(body)).data?.customerId ?? '')
    : decodeURIComponent(inPath);
};

/** The fault that strikes a call, taken off the list once it has struck often enough. */
const pickFault = (faults: ProductFaultRule[], call: ProductCall): ProductFaultRule | null => {
  const at = faults.findIndex(
    ({ method, customerId }) =>
      method === call.method && (customerId === undefined || customerId === customerOf(call)),
  );
  const rule = faults[at];
  if (!rule) return null;
  faults.splice(at, 1, ...(rule.times > 1 ? [{ ...rule, times: rule.times - 1 }] : []));
  return rule;
};

const stateOf = ({ product, posts }: Pick<RunningProduct, 'product' | 'posts'>) => ({
  adjustments: [...product.adjusted].map(([id, { entry }]) => ({ id, entry })),
  holds: Object.fromEntries(product.holds),
  posts,
});

type Inner = Omit<RunningProduct, 'url' | 'close'> & { secret: string; now: () => Instant } & Pick<
    ProductOptions,
    'readBook'
  >;

const control = (inner: Inner, call: ProductCall): ProductOutcome => {
  if (call.method === 'GET' && call.path === '/_sandbox/state')
    return asJson({ status: 200, value: stateOf(inner) });
  if (call.method === 'POST' && call.path === '/_sandbox/faults') {
    const rules = z.array(productFault).safeParse([JSON.parse(call.body)].flat());
    if (!rules.success) return asJson(fault(400, 'invalid', rules.error.message));
    inner.faults.push(...rules.data);
    return asJson({ status: 200, value: { added: rules.data.length } });
  }
  return asJson(fault(404, 'no_such_path', 'No such command.'));
};

const answer = async (inner: Inner, { request, wait }: Visit): Promise<ProductOutcome> => {
  const { pathname: path } = new URL(request.url ?? '/', 'http://sandbox');
  const key = request.headers['idempotency-key'];
  const body = await readBody(request);
  const call: ProductCall = {
    method: request.method ?? 'GET',
    path,
    body,
    key: typeof key === 'string' ? key : null,
  };
  if (path.startsWith('/_sandbox/')) return control(inner, call);
  if (call.method !== 'GET') inner.posts.push(call);
  const header = request.headers['x-redress-signature'];
  const signed = isSigned(
    { header: typeof header === 'string' ? header : undefined, body, secret: inner.secret },
    inner.now(),
  );
  if (!signed) return asJson(fault(401, 'signature', 'The signature does not fit.'));
  const customerId = customerOf(call);
  if (inner.readBook && customerId !== '')
    inner.product.retakeBook(customerId, await inner.readBook(customerId));
  const rule = pickFault(inner.faults, call);
  return rule
    ? strikeProduct(rule, () => answerProduct(inner.product, call), wait)
    : asJson(answerProduct(inner.product, call));
};

const finish = (outcome: ProductOutcome, { request, response }: Visit): void => {
  if (outcome.kind === 'cut') request.socket.destroy();
  if (outcome.kind !== 'reply') return;
  response.writeHead(outcome.status, { 'content-type': outcome.type });
  response.end(outcome.text);
};

/** The product as it was filled, and then as the journal says. */
const openProduct = (options: ProductOptions, now: () => Instant) => {
  const lines =
    options.journal === undefined ? null : openLines<Adjusted & { id: string }>(options.journal);
  const product = new Product(now, (change) => lines?.append(change));
  options.fill?.(product);
  lines?.replay(({ id, ...adjusted }) => product.restore(id, adjusted));
  return { product, lines };
};

/** Starts a local product API on 127.0.0.1. */
export const startProductApi = async (options: ProductOptions = {}): Promise<RunningProduct> => {
  const now = options.now ?? Date.now;
  const { product, lines } = openProduct(options, now);
  const inner: Inner = {
    product,
    faults: [],
    posts: [],
    secret: options.secret ?? SANDBOX_SECRET,
    now,
    readBook: options.readBook,
  };
  const loopback = await serveLoopback(options.port ?? 0, async (visit) => {
    finish(await answer(inner, visit), visit);
  });
  return {
    product,
    faults: inner.faults,
    posts: inner.posts,
    url: loopback.url,
    close: async () => {
      await loopback.close();
      lines?.close();
    },
  };
};
