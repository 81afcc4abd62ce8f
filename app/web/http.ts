import { safePath } from '#app/lib/safe-path.ts';
import type { StorageError } from '#db/storage-error.ts';

/**
 * Something a loader or action throws to end the request: a status and our own words, never what was
 * sent. `guarded` makes a response of it and adds the request id.
 */
export class Problem {
  constructor(
    readonly status: number,
    /** For programs: `not_found`. */
    readonly code: string,
    readonly message: string,
    readonly more: { parameter?: string; headers?: Record<string, string> } = {},
  ) {}

  toResponse(requestId: string): Response {
    const { code, message, more } = this;
    const body = { error: code, message, parameter: more.parameter, requestId };
    return Response.json(body, { status: this.status });
  }
}

/** Also for what the person may not know of: "no such thing" and "not yours" look alike. */
export const notFound = (): Problem => new Problem(404, 'not_found', 'Page not found.');

export const forbidden = (): Problem =>
  new Problem(403, 'forbidden', 'You don’t have access to this.');

export const signInFirst = (): Problem => new Problem(401, 'sign_in_first', 'Sign in first.');

/** `expected` in words: `an instant such as 2026-05-03T09:12:44Z`. The value itself is not repeated. */
export const badParameter = (parameter: string, expected: string): Problem =>
  new Problem(400, 'bad_parameter', `The parameter “${parameter}” is not valid: ${expected}.`, {
    parameter,
  });

/** What nobody expected; it stands in the log under the request id. */
export const internalError = (): Problem =>
  new Problem(500, 'internal_error', 'Try again, or report this request id.');

const SERVER_ERROR: Record<StorageError, string> = {
  full: 'There is no room left on the disk of the database',
  locked: 'Another program holds the database',
  moved: 'The file of the database was moved',
  read_only: 'The database cannot be written',
  failing: 'The database does not answer',
};

/** Nothing is wrong with what was asked, but it cannot be kept at the moment. */
export const storageProblem = (trouble: StorageError): Problem =>
  new Problem(
    503,
    `storage_${trouble}`,
    `${SERVER_ERROR[trouble]}, so nothing was saved. Tell your administrator, and try again later.`,
    { headers: { 'Retry-After': '10' } },
  );

/** Of an answer 429; `retryAfter` in seconds. */
export const rateHeaders = (retryAfter: number, limit: number): Record<string, string> => ({
  'Retry-After': String(retryAfter),
  'RateLimit-Limit': String(limit),
  'RateLimit-Remaining': '0',
  'RateLimit-Reset': String(retryAfter),
});

export const tooMany = (retryAfter: number, limit: number): Problem =>
  new Problem(429, 'too_many', 'Too many requests. Wait a moment and try again.', {
    headers: rateHeaders(retryAfter, limit),
  });

/** `retryAfter` in seconds. */
export const tooManyCustomers = (retryAfter: number, customers: number): Problem =>
  new Problem(
    429,
    'too_many_customers',
    `You opened ${customers} customers within an hour, which is the limit. Your lead was notified. Wait a while, or talk to them.`,
    { headers: rateHeaders(retryAfter, customers) },
  );

/** On to a path of this console, by GET; any other target leads to `/`. To be thrown. */
export const seeOther = (path: string, headers: HeadersInit = {}): Response => {
  const all = new Headers(headers);
  all.set('Location', safePath(path));
  return new Response(null, { status: 303, headers: all });
};

/** A value with a status: what an action answers when it refuses something a person can act on. */
export class Refused<T> {
  constructor(
    readonly status: number,
    readonly value: T,
    readonly headers: Record<string, string> = {},
  ) {}
}

export const refuse = <T>(
  status: number,
  value: T,
  headers: Record<string, string> = {},
): Refused<T> => new Refused(status, value, headers);
