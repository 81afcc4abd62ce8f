import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '#app/lib/instant.ts';
import { session, staff } from '#db/schema/staff.ts';
import { startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

let site: TestConsole;
let cookie: string;
beforeEach(async () => {
  site = await startTestConsole();
  cookie = await site.signIn('agent@demo.test');
});
afterEach(() => site.close());

const status = async (cookieSent = cookie): Promise<number> =>
  (await site.ask('/?_data=root', { headers: { Cookie: cookieSent, 'X-Redress-Attended': 'yes' } }))
    .status;

describe('a session', () => {
  it('ends when nothing was done for thirty minutes, to the millisecond', async () => {
    site.forward(30 * MINUTE - 1);
    expect(await status()).toBe(200);
    site.forward(30 * MINUTE - 1);
    expect(await status()).toBe(200);
    site.forward(30 * MINUTE);
    expect(await status()).toBe(401);
  });

  it('ends twelve hours after sign-in, however busy it is', async () => {
    for (let at = 20 * MINUTE; at < 12 * HOUR; at += 20 * MINUTE) {
      site.forward(20 * MINUTE);
      expect(await status()).toBe(200);
    }
    site.forward(20 * MINUTE - 1);
    expect(await status()).toBe(200);
    site.forward(1);
    expect(await status()).toBe(401);
  });

  it('writes down at most once a minute that it was used', async () => {
    const seen = async () => (await site.store.read.select().from(session))[0]?.lastSeenAt;
    const first = await seen();
    site.forward(MINUTE - 1);
    await status();
    expect(await seen()).toBe(first);
    site.forward(1);
    await status();
    expect(await seen()).toBe(site.now());
  });

  it('is over with the very next request of somebody who was disabled', async () => {
    await site.store.write((tx) =>
      tx
        .update(staff)
        .set({ disabledAt: site.now() })
        .where(eq(staff.email, 'agent@demo.test'))
        .returning(),
    );
    expect(await status()).toBe(401);
    const again = await site.post('/sign-in', {
      email: 'agent@demo.test',
      password: 'redress demo only',
    });
    expect(again.status).toBe(401);
  });

  it('has the role that the database has now', async () => {
    const roleShown = async (): Promise<unknown> => {
      const answer = await site.ask('/?_data=root', { headers: { Cookie: cookie } });
      return (JSON.parse(answer.text) as { actor: { role: string } }).actor.role;
    };
    expect(await roleShown()).toBe('agent');
    await site.store.write((tx) =>
      tx
        .update(staff)
        .set({ role: 'auditor' })
        .where(eq(staff.email, 'agent@demo.test'))
        .returning(),
    );
    expect(await roleShown()).toBe('auditor');
  });

  it('is another one after signing in again, and the former is over', async () => {
    const again = await site.post(
      '/sign-in',
      { email: 'agent@demo.test', password: 'redress demo only' },
      { Cookie: cookie },
    );
    const fresh = again.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect(fresh).not.toBe(cookie);
    expect(await status(fresh)).toBe(200);
    expect(await status(cookie)).toBe(401);
  });

  it.each([
    ['none at all', 'sid='],
    ['one that nobody was given', `sid=${'A'.repeat(43)}`],
    ['one of another shape', 'sid=../../etc/passwd'],
    ['the hash of the database', 'hash'],
    ['two at once', 'two'],
  ])('is not %s', async (_name, sent) => {
    const [row] = await site.store.read.select().from(session);
    const forged = { hash: `sid=${row?.idHash}`, two: `${cookie}; ${cookie}` };
    expect(await status(sent in forged ? forged[sent as 'hash' | 'two'] : sent)).toBe(401);
  });
});

describe('the demo’s accounts', () => {
  it('are shut as soon as there is a Stripe key, their open sessions too', async () => {
    const real = await startTestConsole({
      DATABASE_URL: site.databaseUrl,
      STRIPE_SECRET_KEY: 'rk_test_0000000000',
      SESSION_SECRET: 'a secret results than thirty-two letters',
    });
    try {
      const answer = await real.post('/sign-in', {
        email: 'agent@demo.test',
        password: 'redress demo only',
      });
      expect(answer.status).toBe(401);
      const former = cookie.replace('sid=', '__Host-sid=');
      expect((await real.ask('/?_data=root', { headers: { Cookie: former } })).status).toBe(401);
    } finally {
      await real.close();
    }
  });

  it('are not even made where there is one', async () => {
    const real = await startTestConsole({
      STRIPE_SECRET_KEY: 'rk_test_0000000000',
      SESSION_SECRET: 'a secret results than thirty-two letters',
    });
    try {
      expect(await real.store.read.select().from(staff)).toEqual([]);
    } finally {
      await real.close();
    }
  });
});

describe('the ticket', () => {
  const ticketShown = async (path: string, cookies: string): Promise<[unknown, string]> => {
    const answer = await site.ask(path, { headers: { Cookie: cookies } });
    const { ticket } = JSON.parse(answer.text) as { ticket: unknown };
    return [ticket, String(answer.headers['set-cookie'] ?? '')];
  };

  it('sticks, can be let go of, and is nothing but a ticket', async () => {
    const [set, line] = await ticketShown('/?_data=root&ticket=ZD-123', cookie);
    expect(set).toBe('ZD-123');
    expect(line).toMatch(/^ticket=ZD-123; Path=\/; HttpOnly; SameSite=Lax/);
    const kept = `${cookie}; ticket=ZD-123`;
    expect((await ticketShown('/?_data=root', kept))[0]).toBe('ZD-123');
    const [gone, clearing] = await ticketShown('/?_data=root&ticket=', kept);
    expect(gone).toBeNull();
    expect(clearing).toContain('Max-Age=0');
    for (const odd of ['-1', 'a b', '<b>', `Z${'9'.repeat(40)}`, 'a%0d%0aSet-Cookie: x=1', 'é'])
      expect(await ticketShown(`/?_data=root&ticket=${encodeURIComponent(odd)}`, kept)).toEqual([
        'ZD-123',
        '',
      ]);
    expect((await ticketShown('/?_data=root', `${cookie}; ticket=<b>`))[0]).toBeNull();
  });
});
