import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSearchableBook } from '#tests/factories/searchable-book.ts';
import { startTestConsole } from '#tests/support/consoles/test-console.ts';
import type { TestConsole } from '#tests/support/consoles/test-console.ts';

let app: TestConsole;
let cookie: string;

beforeAll(async () => {
  app = await startTestConsole();
  await loadSearchableBook(app.store);
  cookie = await app.signIn('agent@demo.test');
});
afterAll(() => app.close());

const search = (q: string, path = '/search') => app.post(path, { q }, { Cookie: cookie });

describe('search over HTTP', () => {
  test('one exact hit opens, with the row to choose', async () => {
    const answer = await search('https://dashboard.stripe.com/payments/ch_1');
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/customers/org_1?choose=payment%3Ach_1');
  });

  test('several hits are listed, each with its reason', async () => {
    const answer = await search('lovely');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Løvely Studio');
    expect(answer.text).toContain('Lovely Studio Two');
    expect(answer.text).toContain('Anna@lovely.example');
  });

  test('names are text, not markup', async () => {
    const answer = await search('<b>', '/search');
    expect(answer.text).not.toContain('<b>Bold');
    expect(answer.text).toContain('&lt;b&gt;Bold&lt;/b&gt;');
  });

  test('suggestions are a few, with addresses', async () => {
    const answer = await search('lovely', '/search/suggestions');
    expect(JSON.parse(answer.text)).toMatchObject({
      more: false,
      results: [
        { path: '/customers/org_2', title: 'Lovely Studio Two', reason: 'bo@two.example' },
        { path: '/customers/org_1', title: 'Løvely Studio', reason: 'Anna@lovely.example' },
      ],
    });
  });

  test('what was searched for is in no log line', async () => {
    await search('Anna@lovely.example');
    await search('zoe@two.example', '/search/suggestions');
    expect(JSON.stringify(app.log)).not.toMatch(/lovely\.example|two\.example/i);
  });

  test.each<Record<string, string>>([{}, { q: 'a', more: '1' }])(
    'a form of other fields is refused',
    async (form) => {
      const answer = await app.post('/search/suggestions', form, { Cookie: cookie });
      expect(answer.status).toBe(422);
    },
  );

  test('the form is there without a search, and nobody searches signed out', async () => {
    expect((await app.ask('/search', { headers: { Cookie: cookie } })).status).toBe(200);
    expect((await app.post('/search/suggestions', { q: 'lovely' })).status).toBe(401);
  });
});

test('the 61st search within a minute is told to wait; suggestions go on; a minute later all is well', async () => {
  app.forward(60_000);
  for (let i = 0; i < 60; i += 1) expect((await search('nobody')).status).toBe(200);
  const refused = await search('nobody');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.text).toContain('More than 60 searches in a minute');
  expect((await search('lovely', '/search/suggestions')).status).toBe(200);
  app.forward(60_000);
  expect((await search('nobody')).status).toBe(200);
});
