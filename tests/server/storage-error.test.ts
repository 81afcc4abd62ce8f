import { readFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { dialect } from '#db/dialect/dialect.ts';
import { pathOf } from '#db/sqlite-connection.ts';
import type { StatementCache } from '#db/statement-cache.ts';
import { startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

const TOKEN = 'a-token-of-some-length';
let site: TestConsole;
afterEach(() => site.close());

const metricsOf = async (): Promise<string> => {
  const answer = await site.ask('/metrics', { headers: { Authorization: `Bearer ${TOKEN}` } });
  expect(answer.status).toBe(200);
  return answer.text;
};

describe('what can be alarmed on', () => {
  it('is every metric that the example rules name', async () => {
    site = await startTestConsole({ INGEST_TOKEN: TOKEN });
    await site.ask('/sign-in');
    const rules = readFileSync('docs/deploy/alerts.yml', 'utf8');
    const named = new Set(rules.match(/\bredress_\w+/g));
    expect(named.size).toBeGreaterThan(10);
    const text = await metricsOf();
    const exported = new Set(text.match(/^redress_\w+/gm));
    expect([...named].filter((name) => !exported.has(name))).toEqual([]);
    for (const [, label, value] of rules.matchAll(/\{(state|kind|quantile)="([^"]+)"\}/g))
      expect(text).toContain(`{${label}="${value}"`);
  });

  it('counts how long requests took, by their kind, and each in its bucket', async () => {
    site = await startTestConsole({ INGEST_TOKEN: TOKEN });
    for (let times = 0; times < 3; times += 1) await site.ask('/sign-in');
    const text = await metricsOf();
    const buckets = [...text.matchAll(/_bucket\{kind="page",le="[^"]+"\} (\d+)/g)].map(([, n]) =>
      Number(n),
    );
    expect(buckets.length).toBeGreaterThan(5);
    expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
    expect(buckets.at(-1)).toBe(3);
    expect(text).toMatch(/^redress_request_seconds_count\{kind="page"\} 3$/m);
    expect(text).toMatch(/^# TYPE redress_request_seconds histogram$/m);
  });
});

if (dialect === 'sqlite')
  describe('a database in trouble', () => {
    it('that another holds makes the console not ready, asked once for however many ask', async () => {
      site = await startTestConsole();
      const other = new Sqlite(pathOf(site.databaseUrl));
      other.exec('begin immediate');
      const answers = await Promise.all(Array.from({ length: 20 }, () => site.ask('/readyz')));
      for (const { status, text } of answers) {
        expect(status).toBe(503);
        expect(JSON.parse(text)).toMatchObject({ error: 'not_ready', reason: 'locked' });
      }
      expect((await site.ask('/healthz')).status).toBe(200);
      other.exec('rollback');
      other.close();
      expect(site.log.filter(({ msg }) => msg === 'the database is not ready')).toHaveLength(1);
    });

    /** On the connection that the console writes with. */
    const pragma = (text: string): Promise<unknown> =>
      site.store.write(async (tx) => {
        // Drizzle keeps what it was made of there.
        const client = Reflect.get(tx, '$client') as StatementCache;
        return client.prepare(`pragma ${text}`).pluck().get();
      });

    it('that is full answers whoever writes with 503 and words, and goes on when there is room', async () => {
      site = await startTestConsole({ INGEST_TOKEN: TOKEN });
      const cookie = await site.signIn('agent@demo.test');
      const deliver = (from: number, to: number) => {
        const lines = Array.from({ length: to - from }, (_, at) =>
          JSON.stringify({
            ...{ type: 'customer', id: `org_${from + at}`, name: 'n'.repeat(2_000) },
            ...{ email: 'a@b.test', createdAt: '2026-01-01T00:00:00Z' },
          }),
        );
        const headers = { Authorization: `Bearer ${TOKEN}` };
        return site.ask('/ingest', { method: 'POST', headers, body: lines.join('\n') });
      };
      expect(JSON.parse((await deliver(0, 1)).text)).toMatchObject({ loaded: 1 });
      await pragma(`max_page_count = ${Number(await pragma('page_count'))}`);
      const refused = await deliver(1, 200);
      expect(refused.status).toBe(503);
      expect(refused.headers['retry-after']).toBe('10');
      expect(JSON.parse(refused.text)).toMatchObject({
        error: 'storage_full',
        message: expect.stringContaining('no room left on the disk'),
      });
      // Each view leaves a row in the audit log: sooner or later there is no page for it.
      const view = () =>
        site.ask('/customers/org_0', { headers: { Cookie: cookie, Accept: 'text/html' } });
      let page = await view();
      for (let times = 0; times < 300 && page.status === 200; times += 1) page = await view();
      expect(page.status).toBe(503);
      expect(page.text).toContain('This can’t be done right now');
      expect(page.text).toContain('no room left on the disk');
      await pragma('max_page_count = 1000000');
      expect(JSON.parse((await deliver(1, 200)).text)).toMatchObject({ loaded: 199 });
      expect((await view()).status).toBe(200);
    });
  });
