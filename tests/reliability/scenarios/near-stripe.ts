import { Stripe } from 'stripe';
import { createStripe } from '#app/integrations/stripe/create-stripe.ts';
import type { StripeApi } from '#app/integrations/stripe/create-stripe.ts';
import type { StripeHttp } from '#app/integrations/stripe/http-client.ts';
import { exchange } from '#scripts/sandbox/stripe/exchange.ts';
import type { StripeServer } from '#scripts/sandbox/stripe/server.ts';
import { SANDBOX_KEY } from '#scripts/sandbox/stripe/start-stripe.ts';
import { assertNotWriting } from '#db/store.ts';

type Headers = Record<string, string | undefined>;

const lowerCase = (headers: object): Headers =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );

/** Stripe in this very process, without a socket: no answer is an answer at once, so that clocks can leap. */
const nearHttp = (server: StripeServer): StripeHttp => ({
  getClientName: () => 'near',
  makeRequest: async (_host, _port, path, method, headers, body) => {
    const url = new URL(path, 'http://sandbox');
    const outcome = await exchange(
      server,
      {
        ...{ method, path: url.pathname, query: url.search.slice(1) },
        ...{ headers: lowerCase(headers), body },
      },
      async () => undefined,
    );
    if (outcome.kind === 'hang') throw Stripe.HttpClient.makeTimeoutError();
    if (outcome.kind === 'cut') throw new Error('the connection to Stripe failed');
    const { status, headers: answered, body: text } = outcome.reply;
    return {
      getStatusCode: () => status,
      getHeaders: () => answered,
      getRawResponse: () => ({ statusCode: status }),
      toStream: () => text,
      toJSON: async () => JSON.parse(text) as unknown,
    };
  },
});

/** The real client, all of it but the network. */
export const openNearStripe = (server: StripeServer): StripeApi =>
  createStripe({
    ...{ secretKey: SANDBOX_KEY, apiBase: 'http://127.0.0.1:9' },
    ...{ beforeCall: assertNotWriting, http: nearHttp(server) },
  });
