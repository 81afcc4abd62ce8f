/** Stripe's error object, as far as this server sends it. */
export interface ErrorFacts {
  status?: number;
  type?: string;
  code?: string;
  param?: string;
  message: string;
}

/** Ends a request with an error. `validation`: nothing has begun, so nothing is kept under the key. */
export class StripeRefusal extends Error {
  override readonly name = 'StripeRefusal';
  constructor(
    readonly facts: ErrorFacts,
    readonly validation: boolean,
  ) {
    super(facts.message);
  }
}

/** The parameters are wrong: refused before anything begins. 400 unless said otherwise. */
export const refuse = (facts: ErrorFacts): StripeRefusal => new StripeRefusal(facts, true);

/** The request was carried out and could not be: its answer is kept under the key. */
export const fail = (facts: ErrorFacts): StripeRefusal => new StripeRefusal(facts, false);

const NOT_FOUND = new Set(['id', 'charge', 'payment_intent']);

/** `resource_missing`: 404 for what the request is about, 400 for what it only mentions. */
export const noSuch = (what: string, id: string, param: string): StripeRefusal =>
  fail({
    status: NOT_FOUND.has(param) ? 404 : 400,
    code: 'resource_missing',
    param,
    message: `No such ${what}: '${id}'`,
  });

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The reply's body of an error, as Stripe writes it. */
export const errorBody = (facts: ErrorFacts, requestId: string): string =>
  JSON.stringify(
    {
      error: {
        ...(facts.code === undefined
          ? {}
          : { code: facts.code, doc_url: `https://stripe.com/docs/error-codes/${facts.code}` }),
        message: facts.message,
        ...(facts.param === undefined ? {} : { param: facts.param }),
        request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
        type: facts.type ?? 'invalid_request_error',
      },
    },
    null,
    2,
  );
