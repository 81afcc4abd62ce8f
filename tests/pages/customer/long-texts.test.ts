import { afterAll, beforeAll, expect, it } from 'vitest';
import { SECOND } from '#app/lib/instant.ts';
import { createIds } from '#app/lib/ids.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { customer, generation, subscription } from '#db/schema/book.ts';
import { openStore } from '#db/store.ts';
import { GOOD } from '#tests/factories/good-lines.ts';
import { importLines } from '#tests/support/import-lines.ts';
import { startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

/** As databases may hold it from before the book had a limit. */
const LONG = 'Løng '.repeat(200_000);
const ID = 'org_1';
const LARGEST_PAGE = 250_000;

let site: TestConsole;
let cookie: string;
beforeAll(async () => {
  site = await startTestConsole();
  const { now } = site;
  // A store of our own: the server's is the bundle's.
  const store = await openStore(site.databaseUrl);
  const started = new Date(now() - 3_600 * SECOND).toISOString();
  const failed: Record<string, unknown> = {
    ...GOOD.generation,
    status: 'failed',
    startedAt: started,
    finishedAt: started,
  };
  const usage = { ...GOOD.ledgerEntry, kind: 'usage', credits: -4, paymentId: null };
  const entry = { ...usage, generationId: failed['id'], occurredAt: started };
  await importLines(store, [GOOD.customer, GOOD.subscription, failed, entry]);
  await store.write(async (tx) => {
    await tx.update(customer).set({ name: LONG, email: LONG, timeZone: LONG }).returning();
    await tx.update(generation).set({ error: LONG, model: LONG, tier: LONG }).returning();
    await tx.update(subscription).set({ plan: LONG }).returning();
  });
  await sweepAccounts({ store, now, newId: createIds(now) }, { customers: 'all' });
  await store.close();
  cookie = await site.signIn('lead@demo.test');
});
afterAll(() => site.close());

const read = (path: string) => site.ask(path, { headers: { Cookie: cookie } });

it.each([
  '/',
  `/customers/${ID}`,
  `/customers/${ID}?asOf=2026-05-03T08:59:00Z`,
  '/requests',
  '/audit',
])(
  'a page carries the beginning of a text of a million characters, whichever it is: %s',
  async (path) => {
    const answer = await read(path);
    expect(answer.status).toBe(200);
    expect(answer.text.length).toBeLessThan(LARGEST_PAGE);
  },
);

it('so do the results of a search', async () => {
  const answer = await site.post('/search', { q: 'løng løng' }, { Cookie: cookie });
  expect(answer.text.length).toBeLessThan(LARGEST_PAGE);
});

it('a record’s sheet has the first 500 characters, and all of them where they are requested', async () => {
  const address = `/customers/${ID}/record?ref=customer:${ID}`;
  const nameIn = (text: string) => {
    const { sheet } = JSON.parse(text) as {
      sheet: { fields: { label: string; text: string; cut?: boolean }[] };
    };
    return sheet.fields.find(({ label }) => label === 'Name');
  };
  const cut = nameIn((await read(address)).text);
  expect(cut).toEqual({ label: 'Name', text: `${LONG.slice(0, 500)}…`, cut: true });
  expect(nameIn((await read(`${address}&whole=1`)).text)).toEqual({ label: 'Name', text: LONG });
});
