import { afterEach, expect, it, vi } from 'vitest';
import { startTestConsole, type TestConsole } from '#tests/support/consoles/test-console.ts';

let site: TestConsole;
afterEach(() => site.close());

it('shows counts to programs that bear the token, and to nobody else', async () => {
  const token = 'a token of some length';
  site = await startTestConsole({ INGEST_TOKEN: token });
  await site.ask('/sign-in');
  const ask = (authorization?: string) =>
    site.ask('/metrics', { headers: authorization ? { Authorization: authorization } : {} });
  expect((await ask()).status).toBe(401);
  expect((await ask('Bearer another')).status).toBe(401);
  expect((await ask(`Basic ${token}`)).status).toBe(401);
  const spaced = await ask(`Bearer ${token}`);
  expect(spaced.status).toBe(401);
  await site.close();
  site = await startTestConsole({ INGEST_TOKEN: token.replaceAll(' ', '-') });
  await site.ask('/sign-in');
  const answer = await ask(`Bearer ${token.replaceAll(' ', '-')}`);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toContain('text/plain');
  expect(answer.text).toMatch(/^redress_requests_total\{method="GET",status="200"\} 1$/m);
  expect(answer.text).toMatch(/^redress_sweep_last_seconds \d/m);
});

it('is closed to everybody where no token is set', async () => {
  site = await startTestConsole();
  for (const authorization of ['Bearer ', 'Bearer undefined', 'Bearer null'])
    expect((await site.ask('/metrics', { headers: { Authorization: authorization } })).status).toBe(
      401,
    );
});

it('is alive but not ready when the database is gone', async () => {
  site = await startTestConsole();
  expect((await site.ask('/readyz')).status).toBe(200);
  await site.store.close();
  expect((await site.ask('/healthz')).status).toBe(200);
  // What was found holds for a second.
  await vi.waitFor(async () => expect((await site.ask('/readyz')).status).toBe(503), 5_000);
});
