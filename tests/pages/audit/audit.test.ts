import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '#db/store.ts';
import { fillLog } from '#tests/support/audit-tools.ts';
import { startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

let site: TestConsole;
let cookie = '';
beforeAll(async () => {
  site = await startTestConsole();
  // A store of this module's own: the console's belongs to the built program.
  const store = await openStore(site.databaseUrl);
  await fillLog(store, 100);
  await store.close();
  cookie = await site.signIn('auditor@demo.test');
});
afterAll(() => site.close());

const get = (path: string, as = cookie) => site.ask(path, { headers: { Cookie: as } });
const ROWS = 'pages%2Faudit%2Frows.resource';

describe('the audit page', () => {
  it('shows the latest rows with who, what, for whom and for which ticket', async () => {
    const { status, text } = await get('/audit');
    expect(status).toBe(200);
    expect(text).toContain('Audrey Auditor');
    expect(text).toContain('Signed in');
  });

  it('keeps the filters in the address and gives page after page', async () => {
    const seqs: number[] = [];
    for (let after = ''; ;) {
      const path = `/audit/rows?kind=flag.dismissed${after}&_data=${ROWS}`;
      const page = JSON.parse((await get(path)).text) as {
        rows: { seq: number }[];
        next: { at: number; seq: number } | null;
      };
      seqs.push(...page.rows.map(({ seq }) => seq));
      if (page.next === null) break;
      after = `&after=${page.next.at}~${page.next.seq}`;
    }
    const wanted = Array.from({ length: 100 }, (_, i) => i).filter((i) => i % 3 !== 0);
    expect(seqs).toEqual(wanted.map((i) => i + 1).toReversed());
  });

  it('takes a day as an end to mean all of it', async () => {
    const path = (to: string) => `/audit/rows?from=2026-05-03&to=${to}&_data=${ROWS}`;
    const count = async (to: string) =>
      (JSON.parse((await get(path(to))).text) as { rows: unknown[] }).rows.length;
    expect(await count('2026-05-03')).toBe(60);
    expect(await count('2026-05-02')).toBe(0);
    expect(await count('2026-05-03T09:00:00Z')).toBe(2);
  });

  it.each([
    ['customer', 'ann@customer.test'],
    ['person', 'stf_none'],
    ['person', 'ann@demo.test'],
    ['kind', 'everything'],
    ['for', 'no ticket!'],
    ['from', 'yesterday'],
    ['to', '2026-02-31'],
    ['after', '1~x'],
  ])('names %s where %s is not valid, without repeating it', async (name, value) => {
    const answer = await get(`/audit?${name}=${encodeURIComponent(value)}`);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(`The parameter “${name}” is not valid`);
    // The form that changes the colours leads back to where the reader is.
    const own = /<input type="hidden" name="back" value="[^"]*"\/>/;
    expect(answer.text.replace(own, '')).not.toContain(value);
  });

  it('is linked for those who may see it, and for nobody else', async () => {
    const agent = await site.signIn('agent@demo.test');
    expect((await get('/')).text).toContain('href="/audit"');
    expect((await get('/', agent)).text).not.toContain('href="/audit"');
    expect((await get('/audit', agent)).status).toBe(403);
  });

  it('has no e-mail among what it sends but the reader’s own', async () => {
    const { text } = await get('/audit?_data=pages%2Faudit%2Faudit.page');
    expect(text).toContain('Avery Agent');
    expect(text).not.toContain('@');
  });
});
