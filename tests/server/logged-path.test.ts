import { expect, it } from 'vitest';
import { ADDRESS_WORDS, loggedPath } from '#app/server/express/logged-path.ts';
import routes from '#app/routes.ts';

it.each([
  ['/', '/'],
  ['/audit', '/audit'],
  ['/Customers/ann@customer.test', '/customers/:id'],
  ['/customers/org_1/rows/', '/customers/:id/rows'],
  ['/flags/rows', '/flags/rows'],
  ['/assets/root-1.js', '/assets/:id'],
  ['/webhooks/stripe', '/webhooks/stripe'],
  ['/sk_live_1', '/:id'],
  ['/a/b/c/d/e/f', '/:id/:id/:id/:id'],
])('%s is logged as %s', (path, logged) => expect(loggedPath(path)).toBe(logged));

it('knows every word of the map of addresses', () => {
  const words = routes.flatMap(({ path = '' }) => path.split('/'));
  const unknown = words.filter((word) => /^[a-z]/.test(word) && !ADDRESS_WORDS.has(word));
  expect(unknown).toEqual([]);
});
