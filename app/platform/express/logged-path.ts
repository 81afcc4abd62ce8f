/** The fixed words of our own addresses; a test compares them with the map of routes. */
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
