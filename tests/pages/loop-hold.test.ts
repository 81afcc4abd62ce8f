import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { DAY, SECOND } from '#app/domain/instant.ts';
import { dialect } from '#db/dialect.ts';
import { findAccount } from '#db/queries/accounts.ts';
import { openStore } from '#db/store.ts';
import { T } from '#tests/factories/records.ts';
import { loadLargeCustomer } from '#tests/support/large-customer.ts';
import { worstDeliveries, worstEvents } from '#tests/pages/worst-programs.ts';
import {
  worstOfAll,
  worstOfPages,
  worstSearches,
  worstSignIns,
} from '#tests/pages/worst-requests.ts';
import type { WorstRequest } from '#tests/pages/worst-requests.ts';
import { ask } from '#tests/support/ask.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { startMeasuredConsole } from '#tests/support/measured-console.ts';
import type { MeasuredConsole } from '#tests/support/measured-console.ts';
import { cookieOf, DEMO_PASSWORD, FORM } from '#tests/support/test-console.ts';

/** No request of permitted size may hold up all others for longer, in milliseconds of the processor's time. */
const LONGEST = 50;
/** A server that has just started compiles what it runs, and collects garbage when it wants to. */
const TRIES = 8;
const SECRET = 'whsec_k3Jx9Qm2Vb7Tn5Rw8Zy4';
const TOKEN = 'a-token-of-some-length';

let site: MeasuredConsole;
let cookie: string;

const send = async (request: WorstRequest): Promise<number> => {
  const headers: Record<string, string | string[]> = { Origin: site.address };
  if (!request.open) headers['Cookie'] = cookie;
  Object.assign(headers, request.headers);
  // What is refused before all of it was read may be cut off.
  const answer = await ask(site.address, request.path, { ...request, headers }).catch(() => null);
  return answer?.status ?? 413;
};

/** Ledger entries of the largest customer, and as many generations. */
const MANY = dialect === 'sqlite' ? 100_000 : 20_000;
const LARGE = 'org_large';
let databaseUrl: string;

beforeAll(async () => {
  databaseUrl = await freshDatabase();
  site = await startMeasuredConsole(databaseUrl, {
    ...{ INGEST_TOKEN: TOKEN, INGEST_MAX_MB: '1' },
    ...{ STRIPE_WEBHOOK_SECRET: SECRET, STRIPE_API_BASE: 'http://127.0.0.1:9' },
  });
  const body = new URLSearchParams({ email: 'lead@demo.test', password: DEMO_PASSWORD }).toString();
  const headers = { Origin: site.address, 'Content-Type': FORM };
  const signedIn = await ask(site.address, '/sign-in', { method: 'POST', headers, body });
  cookie = cookieOf(signedIn, 'sid') ?? '';
  expect(cookie).not.toBe('');
});
afterAll(() => site.stop());

/** The shortest of a few tries, once one took too long: a real hold is one every time. */
const heldBy = async (request: WorstRequest): Promise<number> => {
  let held = Infinity;
  for (let tries = 0; tries < TRIES && held > LONGEST; tries += 1) {
    const once = await site.held(async () => {
      const status = await send(request);
      if (status >= 500 || status === 429) throw new Error(`${request.name}: ${status}`);
    });
    held = Math.min(held, once);
  }
  return held;
};

it.each<[string, () => Iterable<WorstRequest>]>([
  ['addresses and headers', worstOfAll],
  ['tries to sign in', worstSignIns],
  ['pages, with every query and form', () => worstOfPages('org_worst')],
  ['searches', worstSearches],
  ['deliveries', () => worstDeliveries(TOKEN)],
  ['events of Stripe', () => worstEvents(SECRET, Math.floor(Date.now() / SECOND))],
])(
  'is held up for 50 ms at most by %s',
  async (_, requests) => {
    const tooLong: string[] = [];
    for (const request of requests()) {
      const held = await heldBy(request);
      if (held > LONGEST) tooLong.push(`${held.toFixed(0)} ms: ${request.name}`);
    }
    expect(tooLong).toEqual([]);
  },
  120_000,
);

/** The customer's records have changed: the page and the sweep judge the whole book anew. */
const deliver = async (nth: number): Promise<void> => {
  const line = JSON.stringify({
    ...{ type: 'ledgerEntry', id: `le_new_${nth}`, customerId: LARGE, kind: 'usage', credits: -1 },
    occurredAt: new Date(T + nth * SECOND).toISOString(),
  });
  const headers = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/x-ndjson' };
  const answer = await ask(site.address, '/ingest', {
    ...{ method: 'POST', headers, body: `${line}\n` },
  });
  expect(answer.status).toBe(200);
};

it('is held up for 50 ms at most by a changed customer of 100,000 generations: page, rows and sweep', async () => {
  const store = await openStore(databaseUrl);
  onTestFinished(() => store.close());
  const isSwept = () =>
    vi.waitFor(
      async () => expect(await findAccount(store.read, LARGE)).toMatchObject({ dirty: false }),
      { timeout: 60_000, interval: 100 },
    );
  // By another process, into a database that the console has claimed as the demo's.
  await loadLargeCustomer(store, LARGE, MANY);
  await isSwept();
  const path = `/customers/${LARGE}`;
  const past = encodeURIComponent(new Date(T - DAY).toISOString());
  const page = async (address: string) => {
    const answer = await ask(site.address, address, { headers: { Cookie: cookie } });
    expect([address, answer.status]).toEqual([address, 200]);
  };
  let nth = 0;
  const works: [string, () => Promise<unknown>][] = [
    ['the page as it was', () => page(`${path}?asOf=${past}`)],
    ['the page', async () => (await deliver((nth += 1)), page(path))],
    ['the sweep', async () => (await deliver((nth += 1)), isSwept())],
  ];
  const tooLong: string[] = [];
  for (const [name, work] of works) {
    let held = Infinity;
    for (let tries = 0; tries < TRIES && held > LONGEST; tries += 1)
      held = Math.min(held, await site.held(work));
    if (held > LONGEST) tooLong.push(`${held.toFixed(0)} ms: ${name}`);
  }
  expect(tooLong).toEqual([]);
}, 240_000);
