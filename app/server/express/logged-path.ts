import type { RequestKind } from '#app/lib/metrics.ts';

/**
 * The fixed words of our own addresses; a test compares them with the map of routes.
 * @internal
 */
export const ADDRESS_WORDS: ReadonlySet<string> = new Set(
  (
    'flags rows bulk history customers record settled-flags search suggestions audit sign-in again sign-out ' +
    'requests settled drift compare decision edit withdraw review glass letter people lend end-loan leave remedies ' +
    'preview restored confirm mail theme events assets healthz readyz metrics ingest webhooks stripe'
  ).split(' '),
);
const DEEPEST = 4;

/**
 * The address as the log tells it: `/customers/:id`. What people type or paste into an address (e-mails,
 * keys) stays out; the request id leads to the audit row, which has the customer.
 */
export const loggedPath = (path: string): string => {
  const parts = path.toLowerCase().split('/').filter(Boolean).slice(0, DEEPEST);
  return `/${parts.map((part) => (ADDRESS_WORDS.has(part) ? part : ':id')).join('/')}`;
};

const BY_PATH: readonly [RegExp, RequestKind | null][] = [
  [/^\/assets\//, 'asset'],
  [/^\/ingest$/, 'ingest'],
  [/^\/webhooks\//, 'webhook'],
  [/^\/(healthz|readyz|metrics|favicon\.ico)$/, 'probe'],
  [/^\/events$/, null],
];

/** What kind of request it was; null: the stream of an open page, which lasts as long as that. */
export const kindOf = (method: string, url: URL): RequestKind | null => {
  const known = BY_PATH.find(([path]) => path.test(url.pathname));
  if (known) return known[1];
  if (method === 'POST') return 'form';
  return url.searchParams.has('_data') ? 'facts' : 'page';
};
