import { Stripe } from 'stripe';

/** Why it is not known what Stripe has done, or nothing could be read from it. */
export type StripeErrorReason =
  /** No answer in time. */
  | 'timeout'
  /** The connection failed or was cut. */
  | 'connection'
  /** An answer of 500 or above. */
  | 'server_error'
  /** A request under the same key is still running. */
  | 'in_use'
  /** The key was used before, with something else. */
  | 'key_mismatch'
  /** An answer that is no JSON object, or not the one that was asked for. */
  | 'unreadable'
  /** Too many requests: nothing has been done. */
  | 'busy'
  /** The API key may not do this: nothing has been done. */
  | 'denied'
  /** Parameters that Stripe does not take: nothing has been done. */
  | 'refused';

/** A read that failed, or a write of which nobody knows how it went. */
export class StripeUnavailableError extends Error {
  override readonly name = 'StripeTrouble';
  constructor(
    readonly why: StripeErrorReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const ofConnection = (error: Stripe.errors.StripeConnectionError): StripeErrorReason => {
  const { detail } = error;
  const code = detail instanceof Error && 'code' in detail ? detail.code : undefined;
  return code === Stripe.HttpClient.TIMEOUT_ERROR_CODE ? 'timeout' : 'connection';
};

const ofStatus = (error: Stripe.errors.StripeError): StripeErrorReason => {
  const { statusCode: status } = error;
  if (status === undefined) return 'unreadable';
  if (status >= 500) return 'server_error';
  if (status === 429) return 'busy';
  if (status === 401 || status === 403) return 'denied';
  if (status === 409) return 'in_use';
  return status >= 400 ? 'refused' : 'unreadable';
};

/** What an error of the client means; anything that is not the client's counts as unreadable. */
export const reasonOfError = (error: unknown): StripeErrorReason => {
  if (error instanceof StripeUnavailableError) return error.why;
  if (error instanceof Stripe.errors.StripeConnectionError) return ofConnection(error);
  if (!(error instanceof Stripe.errors.StripeError)) return 'unreadable';
  if (error.type === 'StripeIdempotencyError' && error.statusCode !== 409) return 'key_mismatch';
  return ofStatus(error);
};

/** Turns whatever a read has thrown into `StripeTrouble`. */
export const toStripeError = (error: unknown): StripeUnavailableError =>
  error instanceof StripeUnavailableError
    ? error
    : new StripeUnavailableError(
        reasonOfError(error),
        error instanceof Error ? error.message : String(error),
        {
          cause: error,
        },
      );

/** Whether Stripe says that what was asked for is not there. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError &&
  error.statusCode === 404 &&
  error.code === 'resource_missing';
