import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashPassword } from '#app/services/access/passwords.ts';
import { insertStaff } from '#db/queries/access/staff.ts';
import { startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

let site: TestConsole;
let cookie: string;
beforeAll(async () => {
  site = await startTestConsole();
  cookie = await site.signIn('agent@demo.test');
});
afterAll(() => site.close());

const nonceIn = (policy: string | string[] | undefined): string =>
  /script-src 'self' 'nonce-([\w-]{22})'/.exec(String(policy))?.[1] ?? '';

it('sends every protection with every kind of answer', async () => {
  const page = await site.ask('/sign-in');
  const asset = /\/assets\/[\w.-]+\.js/.exec(page.text)?.[0] ?? '';
  const answers = {
    page: await site.ask('/', { headers: { Cookie: cookie } }),
    signIn: page,
    redirect: await site.ask('/'),
    notFound: await site.ask('/nowhere', { headers: { Cookie: cookie } }),
    facts: await site.ask('/?_data=root', { headers: { Cookie: cookie } }),
    refused: await site.ask('/?_data=root'),
    method: await site.ask('/', { method: 'DELETE' }),
    crossSite: await site.ask('/sign-in', { method: 'POST', body: '' }),
    head: await site.ask('/', { method: 'HEAD', headers: { Cookie: cookie } }),
    health: await site.ask('/healthz'),
    asset: await site.ask(asset),
    badAddress: await site.ask('/%zz'),
  };
  for (const [name, { headers }] of Object.entries(answers)) {
    expect(headers['x-powered-by'], name).toBeUndefined();
    expect(headers['x-content-type-options'], name).toBe('nosniff');
    expect(headers['referrer-policy'], name).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy'], name).toBe('same-origin');
    expect(headers['cross-origin-resource-policy'], name).toBe('same-origin');
    expect(headers['permissions-policy'], name).toContain('camera=()');
    expect(headers['x-request-id'], name).toMatch(/^req_/);
    const policy = String(headers['content-security-policy']);
    expect(policy, name).toContain(`default-src 'none'`);
    expect(policy, name).not.toMatch(/script-src[^;]*unsafe/);
    const lasting = name === 'asset' ? 'public, max-age=31536000, immutable' : 'no-store';
    expect(headers['cache-control'], name).toBe(lasting);
  }
  expect(answers.asset.status).toBe(200);
  expect(answers.badAddress.status).toBe(400);
});

it('makes a fresh nonce for each of 300 answers, and every inline script bears it', async () => {
  const nonces = new Set<string>();
  for (let i = 0; i < 300; i += 1) {
    const { headers, text } = await site.ask('/sign-in');
    const nonce = nonceIn(headers['content-security-policy']);
    nonces.add(nonce);
    const inline = [...text.matchAll(/<script(?![^>]*\ssrc=)[^>]*>/g)].map(([tag]) => tag);
    expect(inline.length).toBeGreaterThan(0);
    for (const tag of inline) expect(tag).toContain(`nonce="${nonce}"`);
  }
  expect(nonces.size).toBe(300);
  expect(nonces.has('')).toBe(false);
});

it('tells browsers to stay on https, and binds cookies to it, where the console is reached so', async () => {
  const secure = await startTestConsole({
    BASE_URL: 'https://console.test',
    SESSION_SECRET: 'a secret results than thirty-two letters',
  });
  try {
    // Reached from elsewhere it is not the demo.
    const demos = { email: 'agent@demo.test', password: 'redress demo only' };
    expect((await secure.post('/sign-in', demos)).status).toBe(401);
    const member = { email: 'ann@console.test', password: 'blue heron eats seven plums' };
    const passwordHash = await hashPassword(member.password);
    const row = { id: 'stf_ann', email: member.email, name: 'Ann', passwordHash };
    await secure.store.write((tx) =>
      insertStaff(tx, { ...row, role: 'agent', createdAt: secure.now() }),
    );
    const answer = await secure.post('/sign-in', member);
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    const session = answer.headers['set-cookie']?.find((line) => line.startsWith('__Host-sid='));
    expect(session).toMatch(/Path=\/; HttpOnly; SameSite=Lax; Secure/);
    expect(session).not.toContain('Domain');
  } finally {
    await secure.close();
  }
});

// The schema library tries out `eval` where it is loaded, which the content policy reports.
it.each([
  ['list of common passwords', /trustno1|ncc1701|letmein/],
  ['schema library', /ZodError/],
  ['database', /better-sqlite3|drizzle:/],
])('sends no %s to the browser', (_, mark) => {
  const folder = new URL('../../build/client/assets/', import.meta.url);
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(20);
  const sent = scripts.filter((name) => mark.test(readFileSync(new URL(name, folder), 'utf8')));
  expect(sent).toEqual([]);
});

it('serves assets as they were compressed when built', async () => {
  const asset = /\/assets\/[\w.-]+\.js/.exec((await site.ask('/sign-in')).text)?.[0] ?? '';
  const plain = await site.ask(asset);
  for (const encoding of ['br', 'gzip']) {
    const answer = await site.ask(asset, { headers: { 'Accept-Encoding': encoding } });
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.headers.vary).toBe('Accept-Encoding');
    expect(Number(answer.headers['content-length'])).toBeLessThan(
      Number(plain.headers['content-length']),
    );
  }
});

it('sends a page whole, as long as it says, and never in quirks mode', async () => {
  const headers = { Cookie: cookie };
  for (const path of ['/', '/search', '/nowhere']) {
    const page = await site.ask(path, { headers });
    expect(page.text, path).toMatch(/^<!DOCTYPE html><html lang="en"/);
    expect(page.text, path).toMatch(/<\/html>$/);
    expect(page.headers['content-length'], path).toBe(String(Buffer.byteLength(page.text)));
    expect((await site.ask(path, { method: 'HEAD', headers })).text, path).toBe('');
  }
});
