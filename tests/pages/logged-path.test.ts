import { expect, it } from 'vitest';
import { loggedPath } from '#app/platform/express/logged-path.ts';

it.each([
  ['/', '/'],
  ['/audit', '/audit'],
  ['/Customers/ann@customer.test', '/customers/:id'],
  ['/customers/org_1/rows/', '/customers/:id/rows'],
  ['/flags/rows', '/flags/rows'],
  ['/flags/flg_1', '/flags/:id'],
  ['/assets/root-1.js', '/assets'],
  ['/healthz', '/healthz'],
  ['/sk_live_1', 'other'],
  ['/customers/a/b/c/d', 'other'],
])('%s is logged as %s', (path, logged) => expect(loggedPath(path)).toBe(logged));
