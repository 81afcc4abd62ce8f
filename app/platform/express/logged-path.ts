import routes from '#app/routes.ts';

const patterns = [
  ...routes.flatMap(({ path = '' }) => (path === '*' ? [] : [path])),
  ...['healthz', 'readyz', 'metrics', 'ingest', 'webhooks/stripe'],
].map((path) => path.split('/').filter(Boolean));

/**
 * The address as the log tells it: `/customers/:id`, `/assets`, or `other`. What people type or paste into
 * an address (e-mails, keys) stays out; the request id leads to the audit row, which has the customer.
 */
export const loggedPath = (path: string): string => {
  const parts = path.toLowerCase().split('/').filter(Boolean);
  if (parts[0] === 'assets') return '/assets';
  const found = patterns.find(
    (pattern) =>
      pattern.length === parts.length &&
      pattern.every((part, i) => part.startsWith(':') || part === parts[i]),
  );
  return found ? `/${found.join('/')}` : 'other';
};
