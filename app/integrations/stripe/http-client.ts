import http from 'node:http';
import https from 'node:https';
import { Stripe } from 'stripe';

/** How a request travels; the client lets one be given to it. */
export type StripeHttp = NonNullable<Stripe.StripeConfig['httpClient']>;
type Response = Awaited<ReturnType<StripeHttp['makeRequest']>>;

/** Reads share connections. A write never takes an old one, which might just be closing. */
const makeClients = () => ({
  http: {
    read: Stripe.createNodeHttpClient(new http.Agent({ keepAlive: true, maxSockets: 8 })),
    write: Stripe.createNodeHttpClient(new http.Agent({ keepAlive: false })),
  },
  https: {
    read: Stripe.createNodeHttpClient(new https.Agent({ keepAlive: true, maxSockets: 8 })),
    write: Stripe.createNodeHttpClient(new https.Agent({ keepAlive: false })),
  },
});

/** The client's own limit is on silence between bytes; this one is on the whole. */
const within = async <T>(work: Promise<T>, milliseconds: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Stripe.HttpClient.makeTimeoutError()), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

const isTimeout = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === Stripe.HttpClient.TIMEOUT_ERROR_CODE;

/**
 * The client sends a request a second time, unasked, where an error carries the code of a closed
 * connection. Without the code it does not; a timeout keeps its own, which is harmless.
 */
const withoutCode = (error: unknown): Error => {
  if (isTimeout(error)) return error;
  return new Error('the connection to Stripe failed', { cause: error });
};

/** A body that is JSON but no object would end the process inside the client: it is no answer. */
const objectOnly = (value: unknown): object => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('the answer is not a JSON object');
  return value;
};

const strictResponse = (inner: Response, deadline: number): Response => ({
  getStatusCode: () => inner.getStatusCode(),
  getHeaders: () => inner.getHeaders(),
  getRawResponse: () => inner.getRawResponse(),
  toStream: (done) => inner.toStream(done),
  toJSON: async () => {
    const left = Math.max(1, deadline - performance.now());
    const body: unknown = await within(inner.toJSON(), left).catch((error: unknown) => {
      throw error instanceof TypeError ? Stripe.HttpClient.makeResponseBodyError(error) : error;
    });
    return objectOnly(body);
  },
});

/**
 * How requests reach Stripe: each write is sent once, and everything has an end. Whatever goes wrong on the way is thrown
 * as an error that the client does not take for a reason to try again.
 */
export const createStripeHttpClient = (): StripeHttp => {
  const clients = makeClients();
  return {
    getClientName: () => 'node',
    makeRequest: async (host, port, path, method, headers, body, protocol, timeout) => {
      const { read, write } = clients[protocol === 'http' ? 'http' : 'https'];
      const deadline = performance.now() + timeout;
      const over = (client: StripeHttp): Promise<Response> =>
        client.makeRequest(host, port, path, method, headers, body, protocol, timeout);
      // A kept connection may just be closing: a read, which changes nothing, is then made on a new one.
      const sent =
        method === 'GET'
          ? over(read).catch((error: unknown) =>
              isTimeout(error) ? Promise.reject(error) : over(write),
            )
          : over(write);
      const response = await within(sent, timeout).catch((error: unknown) => {
        throw withoutCode(error);
      });
      return strictResponse(response, deadline);
    },
  };
};
