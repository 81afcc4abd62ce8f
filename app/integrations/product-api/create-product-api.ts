import type { Instant } from '#app/lib/instant.ts';
import { readAdjustmentAnswer, readFault } from '#app/integrations/product-api/answers.ts';
import type {
  AdjustmentOutcome,
  Answer,
  HoldOutcome,
} from '#app/integrations/product-api/answers.ts';
import { signProductCall } from '#app/integrations/product-api/signature.ts';
import type { LedgerEntry } from '#app/domain/book/records.ts';

export interface ProductApiOptions {
  url: string;
  secret: string;
  now: () => Instant;
  /** Called before each request, to throw where none may be made: within a write. */
  beforeCall: (what: string) => void;
  /** Milliseconds until an outcome counts as unknown. */
  timeout?: number;
}

/** What the services ask of the product. */
export interface ProductApi {
  /** Whether the settings name it; where they do not, nothing is sent. */
  readonly isSet: boolean;
  /** Sends an adjustment once; `body` is a text of `writeAdjustmentBody`, stored before this is called. */
  postAdjustment: (send: { body: string; key: string }) => Promise<AdjustmentOutcome>;
  /** The entry that an adjustment has made; null: the product knows of none. Throws `ProductTrouble`. */
  readAdjustment: (id: string) => Promise<LedgerEntry | null>;
  putHold: (put: {
    customerId: string;
    hold: boolean;
    reason: string;
    key: string;
  }) => Promise<HoldOutcome>;
}

/** The product could not be read, so nothing is known. */
export class ProductUnavailableError extends Error {
  override readonly name = 'ProductTrouble';
}

interface Sent {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: string;
  key?: string;
}

const TIMEOUT_MS = 20_000;

/** One request and its whole answer. Throws where none came. */
const send = async (
  { url, secret, now, timeout }: ProductApiOptions,
  { method, path, body, key }: Sent,
): Promise<Answer> => {
  const answer = await fetch(`${url.replace(/\/$/, '')}${path}`, {
    method,
    redirect: 'error',
    headers: {
      'x-redress-signature': signProductCall(body ?? '', secret, now()),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(timeout ?? TIMEOUT_MS),
  });
  const json = answer.headers.get('content-type')?.includes('json') ?? false;
  return { status: answer.status, text: await answer.text(), json };
};

const wordsOf = (error: unknown): string =>
  error instanceof DOMException && error.name === 'TimeoutError'
    ? 'the product did not answer in time'
    : 'the connection to the product failed';

/** Opens the product's API. Throws only what `beforeCall` throws, and `ProductTrouble` from reads. */
export const createProductApi = (options: ProductApiOptions): ProductApi => ({
  isSet: true,
  postAdjustment: async ({ body, key }) => {
    options.beforeCall('adjusting credits');
    try {
      const answer = await send(options, {
        method: 'POST',
        path: '/credit-adjustments',
        body,
        key,
      });
      return readAdjustmentAnswer(answer, body);
    } catch (error) {
      return { kind: 'unknown', message: wordsOf(error) };
    }
  },
  readAdjustment: async (id) => {
    options.beforeCall('reading an adjustment');
    const path = `/credit-adjustments/${encodeURIComponent(id)}`;
    const answer = await send(options, { method: 'GET', path }).catch((error: unknown) => {
      throw new ProductUnavailableError(wordsOf(error), { cause: error });
    });
    const outcome = readAdjustmentAnswer(answer, null);
    if (outcome.kind === 'accepted') return outcome.entry;
    if (outcome.kind === 'refused' && outcome.status === 404) return null;
    throw new ProductUnavailableError(`the product answered ${answer.status}`);
  },
  putHold: async ({ customerId, hold, reason, key }) => {
    options.beforeCall('holding generation');
    const path = `/customers/${encodeURIComponent(customerId)}/generation-hold`;
    const body = JSON.stringify({ hold, reason });
    try {
      const answer = await send(options, { method: 'PUT', path, body, key });
      return answer.status >= 200 && answer.status < 300 ? { kind: 'accepted' } : readFault(answer);
    } catch (error) {
      return { kind: 'unknown', message: wordsOf(error) };
    }
  },
});
