import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EXPECTED } from '#tests/pages/expected-access.ts';
import { FORM, startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

const SEED = 20_260_503;
const RUNS = 1_500;

let site: TestConsole;
let cookie: string;
beforeAll(async () => {
  site = await startTestConsole();
  cookie = await site.signIn('lead@demo.test');
});
afterAll(() => site.close());

/** Written into an address as they are: what no well-behaved client would send. */
const RAW = [
  '%',
  '%zz',
  '%00',
  '%ff',
  '%c0%af',
  '%ED%A0%80',
  '%F0%9F%98%80',
  '%2e%2e%2f',
  '%E2%80%A8',
];
const TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  'null',
  'true',
  '[]',
  '{}',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "' or 1=1 --",
  '<script>alert(1)</script>',
  '${7*7}',
  '%s%n',
  '\u0000',
  '\ud800',
  '😀',
  '2026-02-31',
  '9999999999999',
  'payment:',
  ':',
  'a'.repeat(300),
  'x'.repeat(6_000),
  'eyJhIjoxfQ',
  'ledger',
  'newest',
  'high',
  'open',
  'flg_1',
];
const NAMES = [
  'asOf',
  'rule',
  'severity',
  'state',
  'cursor',
  'after',
  'assignee',
  'region',
  'older',
  'newer',
  'around',
  'from',
  'to',
  'ref',
  'customer',
  'q',
  'ticket',
  '_data',
  'index',
  'choose',
  'order',
  'version',
  'reason',
  'until',
  'decision',
  'flag',
  'email',
  'password',
  '__proto__',
  'a[b]',
];

const escaped = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TEXTS).map(escaped) },
  { weight: 1, arbitrary: fc.constantFrom(...RAW) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map(escaped) },
);
const pairs = fc
  .array(fc.tuple(fc.constantFrom(...NAMES).map(escaped), value), { maxLength: 6 })
  .map((all) => all.map(([name, text]) => `${name}=${text}`).join('&'));

const request = fc.record({
  route: fc.constantFrom(...EXPECTED.filter(({ path }) => path !== 'sign-out')),
  id: value,
  query: pairs,
  facts: fc.boolean(),
  post: fc.boolean(),
  body: pairs,
});

it(`answers ${RUNS} odd requests without failing once`, async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(request, async ({ route, id, query, facts, post, body }) => {
      const path = route.path.replace('*', `x${id}`).replaceAll(':id', id);
      const data = facts ? `&_data=${escaped(route.id)}` : '';
      const answer = await site.ask(`/${path}?${query}${data}`, {
        method: post ? 'POST' : 'GET',
        headers: { Cookie: cookie, Origin: site.origin, 'Content-Type': FORM },
        ...(post ? { body } : {}),
        headOnly: route.path === 'events',
      });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      expect(answer.status).toBeLessThan(500);
      expect(answer.text).not.toMatch(/node_modules|\n\s+at |SQLITE|Failed query|ZodError/);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  const errors = site.log.filter(({ level }) => level === 'error' || level === 'fatal');
  expect(errors).toEqual([]);
  expect(statuses.size).toBeGreaterThan(3);
  expect((await site.ask('/healthz')).status).toBe(200);
}, 120_000);
