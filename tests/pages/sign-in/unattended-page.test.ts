import type { ClientRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '#app/lib/instant.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { policyVersion } from '#db/schema/policy.ts';
import { session } from '#db/schema/staff.ts';
import { DEFAULT_POLICY_JSON } from '#app/domain/policy/policy.ts';
import { openLine } from '#tests/support/consoles/open-line.ts';
import { startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

const TOKEN = 'a-token-of-some-length';
let site: TestConsole;
let cookie: string;
const lines: ClientRequest[] = [];
beforeEach(async () => {
  site = await startTestConsole({ INGEST_TOKEN: TOKEN });
  cookie = await site.signIn('agent@demo.test');
});
afterEach(async () => {
  for (const line of lines.splice(0)) line.destroy();
  await site.close();
});

const get = async (path: string, headers: Record<string, string> = {}, as = cookie) =>
  site.ask(path, { headers: { Cookie: as, ...headers } });
const listen = async (as = cookie) => {
  const opened = await openLine(site.address, '/events', as);
  lines.push(opened.line);
  return opened;
};
const BY_SCRIPT = { 'Sec-Fetch-Dest': 'empty' };
const ATTENDED = { ...BY_SCRIPT, 'X-Redress-Attended': 'yes' };

describe('a page that is left open', () => {
  it('does not keep anybody signed in by asking for its facts and for changes', async () => {
    await listen();
    for (let minutes = 0; minutes < 29; minutes += 1) {
      site.forward(MINUTE);
      expect((await get('/?_data=root', BY_SCRIPT)).status).toBe(200);
      expect((await get('/requests?_data=root')).status).toBe(200);
    }
    await listen();
    site.forward(MINUTE);
    const last = await get('/?_data=root', BY_SCRIPT);
    expect(last.status).toBe(401);
    // The router shows it in words.
    expect(last.headers['x-remix-catch']).toBe('yes');
  });

  it.each([
    ['a page is opened', '/', { 'Sec-Fetch-Dest': 'document' }],
    ['a program asks for a page', '/', {}],
    ['somebody was at the page a moment ago', '/?_data=root', ATTENDED],
  ])('is one that is used where %s', async (_, path, headers) => {
    site.forward(20 * MINUTE);
    expect((await get(path, headers)).status).toBe(200);
    site.forward(20 * MINUTE);
    expect((await get('/?_data=root', BY_SCRIPT)).status).toBe(200);
  });
});

describe('pages that are told of changes', () => {
  it('are ten of one person at most; the eleventh asks again later', async () => {
    for (let pages = 0; pages < 10; pages += 1) await listen();
    const eleventh = await get('/events');
    expect([eleventh.status, eleventh.headers['retry-after']]).toEqual([429, '30']);
    // Others have their own, and one that is closed makes room.
    await listen(await site.signIn('lead@demo.test'));
    const [first] = lines;
    first?.destroy();
    const isClosed = (line: Record<string, unknown>) =>
      line['path'] === '/events' && line['status'] === 200;
    await expect.poll(() => site.log.some(isClosed)).toBe(true);
    await listen();
  });

  it('are told nothing a second after their session has ended: signed out here', async () => {
    const { end } = await listen();
    const began = performance.now();
    await site.post('/sign-out', {}, { Cookie: cookie });
    await end;
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('and ended by somebody else on the same database', async () => {
    const { end } = await listen();
    const began = performance.now();
    await site.store.write((tx) => tx.delete(session).returning());
    await end;
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('and ended by itself', async () => {
    const { end } = await listen();
    site.forward(30 * MINUTE);
    const began = performance.now();
    await end;
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

const rows = async (kind: string) =>
  (await site.store.read.select().from(auditEvent)).filter((row) => row.kind === kind);
const deliver = (count: number) =>
  site.ask('/ingest', {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}` },
    body: Array.from({ length: count }, (_, i) =>
      JSON.stringify({
        ...{ type: 'customer', id: `org_${i}`, name: `Studio ${i}`, email: `a@studio-${i}.test` },
        createdAt: new Date(site.now() - HOUR).toISOString(),
      }),
    ).join('\n'),
  });

describe('customers', () => {
  it('that no record names are not found, on any of their addresses, and leave no row', async () => {
    const data = '?_data=pages%2Fcustomer%2F';
    for (const path of [
      ...['', `${data}customer.page`, '/rows?region=ledger', '/record?ref=payment:ch_1'],
      '/settled-flags',
    ])
      expect([path, (await get(`/customers/org_nobody${path}`)).status]).toEqual([path, 404]);
    expect(await rows('customer.viewed')).toEqual([]);
  });

  it('are counted: a lead is told of many within an hour, and too many are refused', async () => {
    const policy = { ...DEFAULT_POLICY_JSON, customersAnHour: { noticeAbove: 3, refuseAbove: 5 } };
    await site.store.write((tx) =>
      tx
        .insert(policyVersion)
        .values({ id: 'pol_1', appliesFrom: 0, createdAt: 0, policy })
        .returning(),
    );
    expect((await deliver(9)).status).toBe(200);
    const open = async (nth: number) => (await get(`/customers/org_${nth}`)).status;
    for (const nth of [0, 1, 2, 0, 1, 2]) expect(await open(nth)).toBe(200);
    expect(await rows('customer.many_opened')).toEqual([]);
    for (const nth of [3, 4]) expect(await open(nth)).toBe(200);
    expect((await rows('customer.many_opened')).map(({ detail }) => detail)).toEqual([
      { customers: 4, withinMinutes: 60 },
    ]);
    const refused = await get('/customers/org_5');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_500);
    expect(refused.text).toContain('which is the limit');
    expect(refused.text).not.toContain('Studio 5');
    await get('/customers/org_6');
    expect(await rows('customer.opening_refused')).toHaveLength(1);
    // The same ones stay open, and an hour later others are as well.
    expect(await open(0)).toBe(200);
    const people = async (who: string) =>
      (await get('/requests/people', {}, await site.signIn(`${who}@demo.test`))).text;
    expect(await people('lead')).toContain('4 customers within an hour');
    expect(await people('agent2')).not.toContain('customers within an hour');
    site.forward(HOUR);
    cookie = await site.signIn('agent@demo.test');
    expect(await open(5)).toBe(200);
  });
});
