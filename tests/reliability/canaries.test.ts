import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertFlags } from '#db/queries/flags/flags.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { openFlag } from '#tests/factories/flags.ts';
import type { Answer } from '#tests/support/consoles/http-client.ts';
import { startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

const EACH = 20;
const TOKEN = 'token of this test, 32 characters';

/** Strings that nobody writes by chance, in the shape of what must not leak: keys, tokens, cards, e-mails. */
const SHAPES: readonly ((n: string) => string)[] = [
  (n) => `sk_live_canary${n}`,
  (n) => `whsec_canary${n}`,
  (n) => `Bearer-canary${n}`,
  (n) => `canary${n}@customer.test`,
  (n) => `4242canary${n}4242`,
];
let made = 0;
const canary = (): string => {
  made += 1;
  const n = String(made).padStart(4, '0');
  return SHAPES[made % SHAPES.length]?.(n) ?? n;
};

let site: TestConsole;
let cookie = '';
beforeAll(async () => {
  site = await startTestConsole({ INGEST_TOKEN: TOKEN });
  cookie = await site.signIn('lead@demo.test');
  const flags = Array.from({ length: EACH }, (_, i) =>
    openFlag({ id: `flg_${i}`, subject: `payment:ch_${i}` }),
  );
  await site.store.write((tx) => insertFlags(tx, flags));
});
afterAll(() => site.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  site.ask(path, { headers: { Cookie: cookie, ...headers } });
const at = encodeURIComponent;

/** Every way in, each given a canary. The reason of a decision is kept: that is what it is for. */
const WAYS: Record<string, (text: string, i: number) => Promise<Answer>> = {
  email: (text) => site.post('/sign-in', { email: text, password: 'not the right one' }),
  password: (text) => site.post('/sign-in', { email: `p${text.length}@demo.test`, password: text }),
  search: (text) => site.post('/search', { q: text }, { Cookie: cookie }),
  suggestions: (text) => site.post('/search/suggestions', { q: text }, { Cookie: cookie }),
  reason: (text, i) =>
    site.post(
      `/flags/flg_${i}`,
      { intent: 'dismiss', reason: text, version: '1' },
      { Cookie: cookie },
    ),
  customer: (text) => get(`/customers/${at(text)}?asOf=${at(text)}`),
  parameter: (text) => get(`/audit?customer=${at(text)}&person=${at(text)}&after=${at(text)}`),
  address: (text) => get(`/${at(text)}?ticket=${at(`${text}!`)}`),
  headers: (text) =>
    get('/customers/none', {
      'User-Agent': text,
      Referer: `http://${text}/`,
      Authorization: `Bearer ${text}`,
      'X-Request-Id': text,
    }),
  ingest: (text) =>
    site.ask('/ingest', {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}`, 'Idempotency-Key': text },
      body: `{"type":"customer","id":1,"name":"${text}"}\n${text}`,
    }),
};

/** Where what was typed stands again because it was typed there. */
const ECHOED = new Set(['search', 'suggestions', 'ingest', 'email']);

/** The way back to the page that the reader is on, for the form that changes its colours. */
const OWN_ADDRESS = /<input type="hidden" name="back" value="[^"]*"\/>/;

it('what comes in by any way stands in no log, no audit row and no error page', async () => {
  const seen: [string, string][] = [];
  const pages: string[] = [];
  for (const [way, send] of Object.entries(WAYS))
    for (let i = 0; i < EACH; i += 1) {
      const text = canary();
      seen.push([way, text]);
      const answer = await send(text, i);
      const page = answer.text.replace(OWN_ADDRESS, '');
      if (answer.status >= 400 && !ECHOED.has(way) && page.includes(text))
        pages.push(`${way}: ${answer.status}`);
    }
  const log = JSON.stringify(site.log);
  const rows = await site.store.read.select().from(auditEvent);
  const audit = JSON.stringify(rows.map(({ detail, ...row }) => [row, { ...detail, reason: '' }]));
  const leaks = seen.filter(([, text]) => log.includes(text) || audit.includes(text));
  const hits = leaks.length + pages.length;
  console.log(`canaries: runs=${seen.length} faults=${seen.length} violations=${hits} seed=0`);
  expect(leaks).toEqual([]);
  expect(pages).toEqual([]);
  expect(seen).toHaveLength(200);
  // They did come through: the reasons are where they belong.
  const reasons = rows.filter(({ kind }) => kind === 'flag.dismissed');
  expect(reasons.map(({ detail }) => detail?.['reason'])).toEqual(
    seen.filter(([way]) => way === 'reason').map(([, text]) => text),
  );
  expect(log).toContain('requestId');
  // Each account that was tried has its row; further tries within the window are counted in one.
  const refused = rows.filter(({ kind }) => kind === 'session.refused').length;
  expect(refused).toBeGreaterThan(EACH);
  expect(refused).toBeLessThan(2 * EACH);
}, 120_000);

it('passwords and tokens are sent back on no page at all', async () => {
  const text = canary();
  const answers = [
    await site.post('/sign-in', { email: 'someone@demo.test', password: text }),
    await site.ask('/ingest', { method: 'POST', headers: { Authorization: `Bearer ${text}` } }),
    await get('/', { Cookie: `${cookie}; other=${text}` }),
  ];
  for (const { text: page, headers } of answers)
    expect(page + JSON.stringify(headers)).not.toContain(text);
});
