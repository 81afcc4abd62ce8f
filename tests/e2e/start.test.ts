import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { DAY } from '#app/domain/instant.ts';
import { openStripe } from '#app/outside/stripe/open-stripe.ts';
import { writeRefundBody } from '#app/outside/stripe/refund-body.ts';
import { root } from '#scripts/installed.mjs';
import { SANDBOX_KEY } from '#scripts/sandbox/stripe/start-stripe.ts';
import { journeyBook } from '#tests/factories/journey-book.ts';
import { freePort } from '#tests/support/running-console.ts';

const SOON = { timeout: 60_000, interval: 50 };
let folder: string;
let env: NodeJS.ProcessEnv;
const running = new Set<ChildProcess>();

/** A database with a book that somebody has loaded without a Stripe key. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'redress-start-'));
  const { BASE_URL: _vite, ...inherited } = process.env;
  env = {
    ...inherited,
    DATABASE_URL: `file:${join(folder, 'mine.db')}`,
    PORT: String(await freePort()),
  };
  const book = join(folder, 'book.ndjson');
  const lines = journeyBook(Date.now() - DAY).map((line) => `${JSON.stringify(line)}\n`);
  writeFileSync(book, lines.join(''));
  const args = ['--import', 'tsx', 'scripts/import.ts', book];
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `npm start`, as far as the greeting. */
const start = async () => {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    ...{ cwd: root, env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  await vi.waitFor(() => expect(said).toMatch(/\/mail\n/), SOON);
  const apiBase = /stands in at (\S+)\. Sign in/.exec(said)?.[1];
  const stripe = openStripe({ secretKey: SANDBOX_KEY, apiBase, beforeCall: () => {} });
  /** The processes that it has started: the server and what runs beside it. */
  const children = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(child.pid)], {
    encoding: 'utf8',
  }).stdout.split('\n');
  const pidOf = (program: string): number =>
    Number.parseInt(children.find((line) => line.includes(program)) ?? '', 10);
  return { child, said: () => said, ended, stripe, apiBase: apiBase ?? '', pidOf };
};
const isAway = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => false,
    () => true,
  );

test('somebody’s own book has a Stripe that keeps what was refunded; if it crashes, the server ends', async () => {
  const first = await start();
  expect(first.said()).toContain('no real money can move');
  expect(first.said()).not.toContain('Loading the demo book');
  const metadata = { op: 'op_1', request: 'req_1' };
  const body = writeRefundBody({ paymentId: 'ch_org_tin', amount: 1_900, metadata });
  expect((await first.stripe.createRefund({ body, key: 'k' })).kind).toBe('accepted');
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  await vi.waitFor(async () => expect(await isAway(first.apiBase)).toBe(true), SOON);

  const second = await start();
  expect(await second.stripe.readCharge('ch_org_tin')).toMatchObject({
    amountCaptured: 4_900,
    amountRefunded: 1_900,
  });
  process.kill(second.pidOf('console/main.ts'), 'SIGKILL');
  expect(await second.ended).toBe(1);
  expect(second.said()).toMatch(/local Stripe.* have ended, so the server ends too/);
  const server = `http://127.0.0.1:${env['PORT']}/healthz`;
  await vi.waitFor(async () => expect(await isAway(server)).toBe(true), SOON);
});

test('ends, and says so, when the server crashes', async () => {
  const { ended, said, pidOf, apiBase } = await start();
  process.kill(pidOf('build/server'), 'SIGKILL');
  expect(await ended).toBe(1);
  expect(said()).toContain('The server was ended by SIGKILL');
  await vi.waitFor(async () => expect(await isAway(apiBase)).toBe(true), SOON);
});
