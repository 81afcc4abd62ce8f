import type { ClientRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { HOUR } from '#app/lib/instant.ts';
import { openLine } from '#tests/support/consoles/open-line.ts';
import { startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

const TOKEN = 'a-token-of-some-length';
let site: TestConsole;
const open: ClientRequest[] = [];
beforeAll(async () => {
  site = await startTestConsole({ INGEST_TOKEN: TOKEN });
});
afterEach(() => {
  for (const line of open.splice(0)) line.destroy();
});
afterAll(() => site.close());

/** An open page: what it is told, and when its line ends. */
const listen = async (path: string) => {
  const cookie = await site.signIn('lead@demo.test');
  const opened = await openLine(site.address, path, cookie);
  open.push(opened.line);
  return { ...opened, cookie };
};

const deliver = (records: object[]) =>
  site.ask('/ingest', {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}` },
    body: records.map((record) => JSON.stringify(record)).join('\n'),
  });

const at = (instant: number): string => new Date(instant).toISOString();

it('tells every open page of a flag that the sweep has opened, and the customer’s own page of its records', async () => {
  const queue = await listen('/events');
  const page = await listen('/events?customer=org_live');
  const other = await listen('/events?customer=org_other');
  // The first records make the customer known, so that the next ones are a change.
  const customer = { type: 'customer', id: 'org_live', name: 'Live', email: 'l@live.test' };
  await deliver([{ ...customer, createdAt: at(site.now() - HOUR) }]);
  const payment = {
    type: 'payment',
    id: 'ch_live',
    customerId: 'org_live',
    purpose: 'credit_pack',
    product: 'pack',
    credits: 5_000,
    amount: 4_900,
    currency: 'usd',
    status: 'succeeded',
    createdAt: at(site.now() - HOUR),
    capturedAt: at(site.now() - HOUR),
  };
  const watermarks = ['payments', 'invoices', 'ledger', 'generations'].map((id) => ({
    type: 'watermark',
    id,
    through: at(site.now()),
  }));
  await deliver([payment, ...watermarks]);
  await queue.told(/event: flags/);
  await page.told(/event: (customer|flags)/);
  await other.told(/event: flags/);
  expect(other.textSoFar()).not.toContain('event: customer');
});

it('ends with the session', async () => {
  const page = await listen('/events');
  await site.post('/sign-out', {}, { Cookie: page.cookie });
  await page.end;
  expect((await site.ask('/', { headers: { Cookie: page.cookie } })).status).toBe(302);
});

it('ends when the server does', async () => {
  const page = await listen('/events');
  await site.restart();
  await page.end;
});
