import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '#app/lib/instant.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { session, signInFailure } from '#db/schema/staff.ts';
import {
  cookieOf,
  startTestConsole,
  type TestConsole,
} from '#tests/support/consoles/test-console.ts';

let site: TestConsole;
beforeEach(async () => {
  site = await startTestConsole();
});
afterEach(() => site.close());

const tryIn = async (email: string, password = 'not the right one') =>
  site.post('/sign-in', { email, password });

describe('signing in', () => {
  it('starts a session of 256 random bits, of which the database keeps only the hash', async () => {
    const cookie = await site.signIn('agent@demo.test');
    const value = cookie.replace('sid=', '');
    expect(Buffer.from(value, 'base64url').length).toBe(32);
    const [row] = await site.store.read.select().from(session);
    expect(row?.idHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(row)).not.toContain(value);
    const kinds = await site.store.read.select({ kind: auditEvent.kind }).from(auditEvent);
    expect(kinds).toEqual([{ kind: 'session.started' }]);
  });

  it('takes the e-mail in any case and with spaces around it', async () => {
    expect((await tryIn('  AGENT@demo.TEST ', 'redress demo only')).status).toBe(303);
  });

  it('answers every refusal alike', async () => {
    const wrong = await tryIn('agent@demo.test');
    const unknown = await tryIn('nobody@demo.test');
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const alertIn = (text: string) => /role="alert"[\s\S]*?<\/p>/.exec(text)?.[0];
    expect(alertIn(wrong.text)).toBeDefined();
    expect(alertIn(unknown.text)).toBe(alertIn(wrong.text));
    const refused = await site.store.read.select().from(auditEvent);
    expect(refused.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['session.refused', { why: 'wrong password', address: '127.0.0.1' }],
      ['session.refused', { why: 'unknown account', address: '127.0.0.1' }],
    ]);
    expect(JSON.stringify([refused, site.log])).not.toContain('demo.test');
  });

  it.each([
    [{ email: 'agent@demo.test' }, 'password'],
    [{ email: 'agent@demo.test', password: 'x', role: 'admin' }, 'form'],
  ])('refuses a form that is not its own: %o', async (form, field) => {
    const path = '/sign-in?_data=pages%2Fsign-in%2Fsign-in.page';
    const answer = await site.post(path, form);
    expect(answer.status).toBe(422);
    expect(Object.keys((JSON.parse(answer.text) as { fields: object }).fields)).toEqual([field]);
  });

  it('refuses a field that is given twice', async () => {
    const answer = await site.ask('/sign-in?_data=pages%2Fsign-in%2Fsign-in.page', {
      method: 'POST',
      headers: { Origin: site.origin, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'email=agent%40demo.test&email=lead%40demo.test&password=redress+demo+only',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('more than once');
  });
});

describe('the throttle', () => {
  it('lets five failures through for one account, then asks to wait until the first is 15 minutes old', async () => {
    for (let i = 0; i < 5; i += 1) {
      expect((await tryIn('agent@demo.test')).status).toBe(401);
      site.forward(MINUTE);
    }
    const sixth = await tryIn('agent@demo.test', 'redress demo only');
    expect(sixth.status).toBe(429);
    expect(sixth.headers['retry-after']).toBe(String(10 * 60));
    await site.restart();
    expect((await tryIn('agent@demo.test', 'redress demo only')).status).toBe(429);
    site.forward(10 * MINUTE - 1);
    expect((await tryIn('agent@demo.test', 'redress demo only')).status).toBe(429);
    site.forward(1);
    expect((await tryIn('agent@demo.test', 'redress demo only')).status).toBe(303);
  });

  it('counts tries side by side exactly', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => tryIn('lead@demo.test')));
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(401), count(429)]).toEqual([5, 15]);
  });

  it('lets fifty failures through for one address, over all accounts', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 55; i += 1) statuses.push((await tryIn(`n${i}@demo.test`)).status);
    expect(statuses.indexOf(429)).toBe(50);
    expect(new Set(statuses.slice(50))).toEqual(new Set([429]));
  });

  it('does not lock an account for others because of a stranger’s tries from elsewhere', async () => {
    for (let i = 0; i < 5; i += 1) await tryIn('agent@demo.test');
    const rows = await site.store.read.select().from(signInFailure);
    // The same failures, as if they had come from somewhere else.
    await site.store.write(async (tx) => {
      await tx.delete(signInFailure).returning();
      await tx
        .insert(signInFailure)
        .values(rows.map((row) => ({ ...row, address: '203.0.113.9' })))
        .returning();
    });
    expect((await tryIn('agent@demo.test', 'redress demo only')).status).toBe(303);
  });

  it('forgets an account’s failures when the right password is given', async () => {
    for (let i = 0; i < 4; i += 1) await tryIn('agent@demo.test');
    expect((await tryIn('agent@demo.test', 'redress demo only')).status).toBe(303);
    for (let i = 0; i < 5; i += 1) expect((await tryIn('agent@demo.test')).status).toBe(401);
  });
});

describe('signing out', () => {
  it('ends the session in the database and tells the browser to forget', async () => {
    const cookie = await site.signIn('agent@demo.test');
    const answer = await site.post('/sign-out', {}, { Cookie: cookie });
    expect(answer.status).toBe(303);
    expect(answer.headers['clear-site-data']).toBe('"cache", "storage"');
    expect(cookieOf(answer, 'sid')).toBe('sid=');
    expect((await site.ask('/', { headers: { Cookie: cookie } })).status).toBe(302);
    expect(await site.store.read.select().from(session)).toEqual([]);
    const kinds = await site.store.read.select({ kind: auditEvent.kind }).from(auditEvent);
    expect(kinds.map(({ kind }) => kind)).toContain('session.ended');
  });

  it('does not happen by following a link', async () => {
    const cookie = await site.signIn('agent@demo.test');
    await site.ask('/sign-out', { headers: { Cookie: cookie } });
    site.forward(SECOND);
    expect((await site.ask('/', { headers: { Cookie: cookie } })).status).toBe(200);
  });
});

describe('saying again who one is', () => {
  const again = (password: string, cookie: string) =>
    site.post(
      '/sign-in/again?_data=pages%2Fsign-in%2Fsign-in-again.action',
      { password },
      { Cookie: cookie },
    );

  it('makes a new session of the one there is, which ends', async () => {
    const before = await site.signIn('agent@demo.test');
    site.forward(20 * MINUTE);
    const answer = await again('redress demo only', before);
    expect(answer.status).toBe(200);
    const after = cookieOf(answer, 'sid') ?? '';
    expect(after).not.toBe(before);
    const rows = await site.store.read.select().from(session);
    expect(rows.map(({ authenticatedAt }) => authenticatedAt)).toEqual([site.now()]);
    expect((await site.ask('/', { headers: { Cookie: before } })).status).toBe(302);
    expect((await site.ask('/', { headers: { Cookie: after } })).status).toBe(200);
  });

  it('takes no other password, and after five tries none for a while', async () => {
    const cookie = await site.signIn('agent@demo.test');
    for (let times = 0; times < 5; times += 1) {
      const answer = await again('not the right one', cookie);
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        422,
        { fields: { password: 'Wrong password.' } },
      ]);
    }
    const throttled = await again('redress demo only', cookie);
    expect(throttled.status).toBe(429);
    expect(throttled.headers).toMatchObject({
      'retry-after': '900',
      'ratelimit-limit': '5',
      'ratelimit-remaining': '0',
    });
    // Nobody is signed out by it.
    expect((await site.ask('/', { headers: { Cookie: cookie } })).status).toBe(200);
  });

  it('is for those who are signed in', async () => {
    expect((await again('redress demo only', '')).status).toBe(401);
  });
});
