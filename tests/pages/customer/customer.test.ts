import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entry, paid, T } from '#tests/factories/records.ts';
import { toNdjson } from '#tests/support/ndjson-lines.ts';
import { startTestConsole } from '#tests/support/consoles/test-console.ts';
import type { TestConsole } from '#tests/support/consoles/test-console.ts';

const TOKEN = 'a-token-that-is-long-enough-for-an-ingest';
let app: TestConsole;
let cookie: string;

const name = `<img src=x onerror=alert(1)> "quoted" & ‏עברית`;
const records = [
  {
    type: 'customer' as const,
    record: {
      id: 'org_1',
      name,
      email: 'a@example.test',
      stripeCustomerId: null,
      createdAt: T - 1_000,
      timeZone: 'Europe/Berlin',
      reportedBalance: null,
      reportedBalanceAt: null,
      generationHold: null,
    },
  },
  paid({ id: 'ch_1', createdAt: T - 1_000, capturedAt: T - 1_000 }),
  ...Array.from({ length: 200 }, (_, i) =>
    entry({
      id: `le_${i}`,
      occurredAt: T - 1_000 * i,
      note: i === 0 ? `</td><script>${i}</script>` : null,
    }),
  ),
];

beforeAll(async () => {
  app = await startTestConsole({ INGEST_TOKEN: TOKEN });
  app.forward(T + 3_600_000 - app.now());
  const answer = await app.ask('/ingest', {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${TOKEN}`,
      'Idempotency-Key': 'customer-page',
      'Content-Type': 'application/x-ndjson',
    },
    body: toNdjson(records),
  });
  expect(answer.status).toBe(200);
  cookie = await app.signIn('agent@demo.test');
});
afterAll(() => app.close());

const get = (path: string) => app.ask(path, { headers: { Cookie: cookie } });
interface Rows {
  page: { rows: { id: string; balance: number }[]; older: string | null; newer: string | null };
}

describe('the customer page over HTTP', () => {
  test('shows what customers wrote as text, in rows that are written as text too', async () => {
    const { status, text } = await get('/customers/org_1');
    expect(status).toBe(200);
    expect(text).not.toContain('<img src=x');
    expect(text).not.toContain('<script>0');
    expect(text).toContain('&lt;img src=x');
    expect(text).toContain('&lt;/td&gt;&lt;script&gt;0&lt;/script&gt;');
  });

  test.each([
    ['asOf=yesterday', 'asOf'],
    ['asOf=2026-02-30T00:00:00Z', 'asOf'],
    ['asOf=2026-05-04T13:30:00Z', 'asOf'],
    ['days=7', 'days'],
    ['from=2026-05-02&to=2026-05-01', 'to'],
  ])('%s is refused by name', async (query, parameter) => {
    const { status, text } = await get(`/customers/org_1?${query}`);
    expect(status).toBe(400);
    expect(text).toContain(`“${parameter}”`);
    expect(text).toContain('Back to the flags');
  });

  test('a customer whom no record names is not found, with a way back', async () => {
    const { status, text } = await get('/customers/org_none');
    expect(status).toBe(404);
    expect(text).toContain('Back to the flags');
  });

  test('the past says so', async () => {
    const { status, text } = await get('/customers/org_1?asOf=2026-05-04T11:59:30Z');
    expect(status).toBe(200);
    expect(text).toContain('As of');
    expect(text).not.toContain('&lt;script&gt;0');
  });
});

describe('who looked', () => {
  const views = async (): Promise<number> => {
    const log = await app.ask(
      '/audit/rows?kind=customer.viewed&_data=pages%2Faudit%2Frows.resource',
      {
        headers: { Cookie: await app.signIn('auditor@demo.test') },
      },
    );
    return (JSON.parse(log.text) as { rows: unknown[] }).rows.length;
  };

  test('is written for each page that is opened, and once while it stays open', async () => {
    const before = await views();
    await get('/customers/org_1');
    await get('/customers/org_1');
    expect(await views()).toBe(before + 2);
    const anew = '/customers/org_1?_data=pages%2Fcustomer%2Fcustomer.page';
    for (let i = 0; i < 3; i += 1) expect((await get(anew)).status).toBe(200);
    expect(await views()).toBe(before + 2);
    app.forward(16 * 60_000);
    await get(anew);
    expect(await views()).toBe(before + 3);
  });
});

describe('further rows', () => {
  test('continue where the last page ended, to the last row', async () => {
    const seen: string[] = [];
    let which = '';
    for (let pages = 0; pages < 10; pages += 1) {
      const { text } = await get(`/customers/org_1/rows?region=ledger${which}`);
      const { page } = JSON.parse(text) as Rows;
      seen.push(...page.rows.map(({ id }) => id));
      if (page.older === null) break;
      which = `&older=${encodeURIComponent(page.older)}`;
    }
    expect(seen).toEqual(Array.from({ length: 200 }, (_, i) => `le_${i}`));
  });

  test.each([
    ['region=ledger&older=nonsense', 'older'],
    ['region=ledger&newer=1.2.3', 'newer'],
    ['region=ledger&older=99999999999999999999.0.0.x', 'older'],
    ['region=invoices', 'region'],
    ['', 'region'],
  ])('%s is refused by name', async (query, parameter) => {
    const { status, text } = await get(`/customers/org_1/rows?${query}`);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ error: 'bad_parameter', parameter });
  });

  test.each(['rows?region=ledger&', 'record?ref=ledgerEntry:le_1&', '?'])(
    'an instant that has not come is refused at %s, in words',
    async (path) => {
      const answer = await get(`/customers/org_1${path === '?' ? '' : '/'}${path}asOf=2031-01-01`);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('expected an instant that has come');
    },
  );

  test('around a record that is not there is nothing', async () => {
    const { text } = await get('/customers/org_1/rows?region=payments&around=payment%3Ach_9');
    expect(JSON.parse(text)).toEqual({ page: null });
  });
});
