import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '#app/lib/instant.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { cookieOf, DEMO_PASSWORD, startTestConsole } from '#tests/support/consoles/test-console.ts';
import type { TestConsole } from '#tests/support/consoles/test-console.ts';

/** A console behind one proxy of its own. */
let site: TestConsole;
beforeEach(async () => {
  site = await startTestConsole({ TRUSTED_PROXIES: '1' });
});
afterEach(() => site.close());

const NEIGHBOURS = '203.0.113.9';
/** Tries to sign in from an address; answers the status, or the mark of the browser. */
const tryIn = async (email: string, password: string, from = NEIGHBOURS, cookie = '') => {
  const headers = { 'X-Forwarded-For': `8.8.8.8, ${from}`, ...(cookie ? { Cookie: cookie } : {}) };
  const answer = await site.post('/sign-in', { email, password }, headers);
  return { status: answer.status, mark: cookieOf(answer, 'browser') ?? '' };
};
const statusOf = async (...given: Parameters<typeof tryIn>) => (await tryIn(...given)).status;
/** Strangers at one address, each with another account that does not exist. */
const strangers = async (count: number, from = NEIGHBOURS): Promise<Set<number>> => {
  const statuses = new Set<number>();
  for (let i = 0; i < count; i += 1)
    statuses.add(await statusOf(`n${i}@elsewhere.test`, 'not the right one', from));
  return statuses;
};
const refusals = async () =>
  (await site.store.read.select().from(auditEvent)).filter(
    ({ kind }) => kind === 'session.refused',
  );

describe('behind a proxy', () => {
  it('strangers are counted by their own addresses, whatever they write into the header', async () => {
    for (let i = 0; i < 5; i += 1) await tryIn('agent@demo.test', 'wrong', '198.51.100.1');
    expect(await statusOf('agent@demo.test', DEMO_PASSWORD, '198.51.100.1')).toBe(429);
    expect(await statusOf('agent@demo.test', DEMO_PASSWORD, '198.51.100.2')).toBe(303);
    const [row] = await refusals();
    expect(row?.detail).toMatchObject({ address: '198.51.100.1' });
    expect(site.log.some((line) => line['address'] === '198.51.100.2')).toBe(true);
  });

  it('of v6 a whole /64 is one stranger', async () => {
    for (let i = 0; i < 5; i += 1) await tryIn('agent@demo.test', 'wrong', `2001:db8::${i}`);
    expect(await statusOf('agent@demo.test', DEMO_PASSWORD, '2001:db8::ffff:1')).toBe(429);
    expect(await statusOf('agent@demo.test', DEMO_PASSWORD, '2001:db8:0:1::1')).toBe(303);
  });
});

describe('without the setting', () => {
  it('the header is what a stranger says, and is ignored', async () => {
    const plain = await startTestConsole();
    try {
      const form = { email: 'agent@demo.test', password: 'wrong' };
      for (let i = 0; i < 5; i += 1)
        await plain.post('/sign-in', form, { 'X-Forwarded-For': `198.51.100.${i}` });
      const sixth = await plain.post('/sign-in', form, { 'X-Forwarded-For': '198.51.100.77' });
      expect(sixth.status).toBe(429);
    } finally {
      await plain.close();
    }
  });
});

describe('fifty strangers at one address', () => {
  it('do not shut out somebody who knows the password, in a new browser as well', async () => {
    expect(await strangers(50)).toEqual(new Set([401]));
    expect(await strangers(10)).toEqual(new Set([429]));
    expect(await statusOf('agent@demo.test', DEMO_PASSWORD)).toBe(303);
    // Each account has a reserve of two there, and a wrong password is answered as a wait.
    expect(await statusOf('lead@demo.test', 'wrong')).toBe(429);
    expect(await statusOf('lead@demo.test', 'wrong')).toBe(429);
    expect(await statusOf('lead@demo.test', DEMO_PASSWORD)).toBe(429);
    await site.restart();
    expect(await statusOf('lead@demo.test', DEMO_PASSWORD)).toBe(429);
    expect(await statusOf('finance@demo.test', DEMO_PASSWORD)).toBe(303);
    site.forward(15 * MINUTE);
    expect(await statusOf('lead@demo.test', DEMO_PASSWORD)).toBe(303);
  });
});

describe('a browser in which the account has signed in before', () => {
  it('has tries of its own, five of them, and the account’s mark alone', async () => {
    const { mark } = await tryIn('agent@demo.test', DEMO_PASSWORD);
    expect(mark).toMatch(/^browser=\d+\.[\w-]{22}\.[\w-]{43}$/);
    for (let i = 0; i < 5; i += 1) await tryIn('agent@demo.test', 'wrong');
    await strangers(50);
    expect(await statusOf('agent@demo.test', DEMO_PASSWORD)).toBe(429);
    // Nobody else's mark, and none that was changed.
    expect(await statusOf('lead@demo.test', 'wrong', NEIGHBOURS, mark)).toBe(429);
    const forged = mark.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect(await statusOf('agent@demo.test', DEMO_PASSWORD, NEIGHBOURS, forged)).toBe(429);
    for (let i = 0; i < 5; i += 1)
      expect(await statusOf('agent@demo.test', 'wrong', NEIGHBOURS, mark)).toBe(401);
    expect(await statusOf('agent@demo.test', DEMO_PASSWORD, NEIGHBOURS, mark)).toBe(429);
    site.forward(15 * MINUTE);
    expect(await statusOf('agent@demo.test', DEMO_PASSWORD, NEIGHBOURS, mark)).toBe(303);
  });

  it('is not what its failures are counted for elsewhere: strangers keep their tries', async () => {
    const { mark } = await tryIn('agent@demo.test', DEMO_PASSWORD);
    for (let i = 0; i < 6; i += 1) await tryIn('agent@demo.test', 'wrong', NEIGHBOURS, mark);
    expect(await statusOf('agent@demo.test', DEMO_PASSWORD)).toBe(303);
  });
});

describe('the audit log', () => {
  it('has one row for an account and an address in a window, and the next tells of the others', async () => {
    for (let i = 0; i < 20; i += 1) await tryIn('agent@demo.test', 'wrong');
    expect(await refusals()).toHaveLength(1);
    site.forward(15 * MINUTE);
    await tryIn('agent@demo.test', 'wrong');
    expect((await refusals()).map(({ detail }) => detail)).toEqual([
      { why: 'wrong password', address: NEIGHBOURS },
      { why: 'wrong password', address: NEIGHBOURS, refusedBefore: 19 },
    ]);
  });

  it('has a row for each account until an address is shut, then one, whatever accounts it tries, and none gets lost', async () => {
    await Promise.all(Array.from({ length: 20 }, () => strangers(5)));
    for (let i = 0; i < 40; i += 1) await tryIn(`x${i}@elsewhere.test`, 'wrong');
    const rows = await refusals();
    // Five that were tried twenty times each, 25 more until there were fifty failures, and the address.
    expect(rows).toHaveLength(5 + 25 + 1);
    site.forward(31 * MINUTE);
    for (let i = 0; i < 10; i += 1) await tryIn(`y${i}@elsewhere.test`, 'wrong', '198.51.100.7');
    const told = (await refusals()).filter(({ detail }) => detail?.['address'] === NEIGHBOURS);
    const more = told.reduce((sum, { detail }) => sum + Number(detail?.['refusedBefore'] ?? 0), 0);
    expect(rows.length + more).toBe(140);
  });
});
