import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORM, startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

let site: TestConsole;
let cookie: string;
beforeAll(async () => {
  site = await startTestConsole();
  cookie = await site.signIn('agent@demo.test');
});
afterAll(() => site.close());

describe('default deny', () => {
  it.each([
    ['/', 302],
    ['/customers/org_1', 302],
    ['/search', 302],
    ['/nowhere', 302],
    ['/SIGN-IN', 302],
    ['/sign-in/', 302],
    ['//evil.test/', 302],
    ['/?_data=root', 401],
    ['/customers/org_1?_data=pages%2Fcustomer%2Fcustomer.page', 401],
    ['/sign-in', 200],
    ['/healthz', 200],
    ['/readyz', 200],
    ['/favicon.ico', 204],
    ['/metrics', 401],
    ['/ingest', 401],
    ['/__manifest?p=/', 404],
    ['/__MANIFEST/?p=/', 404],
    ['/webhooks/stripe', 404],
    ['/assets/../server/index.js', 302],
    ['/assets/%2e%2e/server/index.js', 302],
  ])('a stranger asking for %s gets %i', async (path, status) => {
    const answer = await site.ask(path);
    expect(answer.status).toBe(status);
    if (status === 302) expect(answer.headers.location).toBe('/sign-in');
  });

  it('leads on after sign-in to where one wanted to go, and nowhere else', async () => {
    const asked = await site.ask('/customers/org_1?asOf=2026-05-01');
    const remembered = asked.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const credentials = { email: 'agent@demo.test', password: 'redress demo only' };
    const signedIn = await site.post('/sign-in', credentials, { Cookie: remembered });
    expect(signedIn.headers.location).toBe('/customers/org_1?asOf=2026-05-01');
    const forged = await site.post('/sign-in', credentials, {
      Cookie: `return_to=${encodeURIComponent('/\\evil.test')}`,
    });
    expect(forged.headers.location).toBe('/');
  });
});

describe('methods', () => {
  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s is 405',
    async (method) => {
      for (const path of ['/', '/sign-in', '/customers/org_1', '/healthz']) {
        const answer = await site.ask(path, { method, headers: { Cookie: cookie } });
        expect(answer.status).toBe(405);
        expect(answer.headers.allow).toBe('GET, HEAD, POST');
      }
    },
  );
});

describe('cross-site', () => {
  const origins = (): [string, string | undefined, boolean][] => {
    const { port } = new URL(site.address);
    return [
      ['our own', site.address, true],
      ['foreign', 'http://evil.test', false],
      ['of a sibling', `http://a.127.0.0.1:${port}`, false],
      ['of another port', 'http://127.0.0.1:1', false],
      ['https', `https://127.0.0.1:${port}`, false],
      ['null', 'null', false],
      ['malformed', 'http://', false],
      ['ours and more', `${site.address}, http://evil.test`, false],
      ['ours as the start of another', `${site.address}.evil.test`, false],
      ['in upper case', site.address.toUpperCase(), false],
      ['absent', undefined, false],
    ];
  };
  const fetchSites = ['same-origin', 'same-site', 'cross-site', 'none', undefined];
  const paths = [
    '/sign-in',
    '/sign-in?_data=pages%2Fsign-in%2Fsign-in.page',
    '/sign-out',
    '/flags/flg_1',
  ];

  it('lets only our own pages post, whatever else a request brings', async () => {
    let cells = 0;
    for (const [name, origin, ours] of origins())
      for (const fetchSite of fetchSites)
        for (const path of paths)
          for (const session of [undefined, 'sid=none'])
            for (const forwarded of [undefined, 'evil.test']) {
              const headers = {
                'Content-Type': FORM,
                ...(origin === undefined ? {} : { Origin: origin }),
                ...(fetchSite === undefined ? {} : { 'Sec-Fetch-Site': fetchSite }),
                ...(session === undefined ? {} : { Cookie: session }),
                ...(forwarded === undefined ? {} : { 'X-Forwarded-Host': forwarded }),
              };
              const answer = await site.ask(path, { method: 'POST', headers, body: '' });
              const passes = ours || (origin === undefined && fetchSite === 'same-origin');
              const where = `${name} origin, ${fetchSite}, ${path}, ${session}, ${forwarded}`;
              expect(answer.status === 403, where).toBe(!passes);
              if (!passes) expect(answer.text, where).toContain('cross_site_request');
              cells += 1;
            }
    expect(cells).toBe(11 * 5 * 4 * 2 * 2);
  });

  it('runs no action of a foreign page, even with the session of somebody signed in', async () => {
    const mine = await site.signIn('lead@demo.test');
    const answer = await site.ask('/sign-out?_data=pages%2Fsign-in%2Fsign-out.action', {
      method: 'POST',
      headers: { Origin: 'http://evil.test', Cookie: mine, 'Content-Type': FORM },
      body: '',
    });
    expect(answer.status).toBe(403);
    expect((await site.ask('/', { headers: { Cookie: mine } })).status).toBe(200);
  });

  it('does not believe a name that anyone could point at this machine', async () => {
    const { port } = new URL(site.address);
    const answer = await site.ask('/sign-in', {
      method: 'POST',
      headers: {
        Host: `rebound.evil.test:${port}`,
        Origin: `http://rebound.evil.test:${port}`,
        'Content-Type': FORM,
      },
      body: '',
    });
    expect(answer.status).toBe(403);
  });
});
