import { refuse } from '#scripts/sandbox/stripe/protocol/errors.ts';

export const API_VERSION = '2026-10-28.endive';

/** The API keys of the account: `rk_` keys may read all and write what a console must write. */
export interface Gate {
  keys: readonly string[];
}

const RESTRICTED_WRITES = /^\/v1\/(refunds|credit_notes|invoices|invoiceitems|customers)(\/|$)/;

const masked = (key: string): string => `${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}`;

const unauthorized = (message: string) => refuse({ status: 401, message });

/** Bearer tokens and, as Stripe does, the user name of Basic credentials. */
const givenKey = (authorization: string | undefined): string | null => {
  const [scheme, rest] = (authorization ?? '').split(' ', 2);
  if (scheme?.toLowerCase() === 'bearer') return rest ?? null;
  if (scheme?.toLowerCase() === 'basic')
    return (
      Buffer.from(rest ?? '', 'base64')
        .toString()
        .split(':')[0] ?? null
    );
  return null;
};

/** Throws unless the request carries a known key that may do this, and a version that this server speaks. */
export const checkGate = (
  { keys }: Gate,
  request: { method: string; path: string; headers: Record<string, string | undefined> },
): void => {
  const key = givenKey(request.headers['authorization']);
  if (!key)
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  if (!keys.includes(key)) throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
  const version = request.headers['stripe-version'];
  if (version !== undefined && version !== API_VERSION)
    throw refuse({
      message: `Invalid Stripe API version: ${version}. This server speaks ${API_VERSION}.`,
    });
  if (key.startsWith('rk_') && request.method !== 'GET' && !RESTRICTED_WRITES.test(request.path))
    throw refuse({
      status: 403,
      code: 'more_permissions_required',
      message: `The provided key '${masked(key)}' does not have the required permissions for this endpoint.`,
    });
};
