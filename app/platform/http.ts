import { safePath } from '#app/platform/safe-path.ts';

/** What an error page may show: our own words, never what was sent or thrown. */
export interface Problem {
  error: string;
  message: string;
  parameter?: string;
}

const problem = (status: number, body: Problem, headers?: HeadersInit): Response =>
  Response.json(body, { status, headers });

/** Also for what the person may not know of: "no such thing" and "not yours" look alike. */
export const notFound = (): Response =>
  problem(404, { error: 'not_found', message: 'There is no such page.' });

export const forbidden = (): Response =>
  problem(403, { error: 'forbidden', message: 'Your role does not allow this.' });

export const signInFirst = (): Response =>
  problem(401, { error: 'sign_in', message: 'Sign in first.' });

/** `expected` in words: `an instant such as 2026-05-03T09:12:44Z`. The value itself is not repeated. */
export const badParameter = (parameter: string, expected: string): Response =>
  problem(400, {
    error: 'bad_parameter',
    parameter,
    message: `The parameter “${parameter}” is not valid: ${expected}.`,
  });

export const badRequest = (message: string): Response =>
  problem(400, { error: 'bad_request', message });

/** `retryAfter` in seconds. */
export const tooMany = (retryAfter: number, limit?: number): Response =>
  problem(
    429,
    { error: 'too_many', message: 'Too many at once. Wait a little and try again.' },
    {
      'Retry-After': String(retryAfter),
      ...(limit === undefined
        ? {}
        : {
            'RateLimit-Limit': String(limit),
            'RateLimit-Remaining': '0',
            'RateLimit-Reset': String(retryAfter),
          }),
    },
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
