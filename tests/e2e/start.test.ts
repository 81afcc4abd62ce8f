import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { DAY } from '#app/lib/instant.ts';
import { createStripe } from '#app/integrations/stripe/create-stripe.ts';
import { root } from '#scripts/installed.mjs';
import { SANDBOX_KEY } from '#scripts/sandbox/stripe/start-stripe.ts';
import { journeyBook } from '#tests/factories/journey-book.ts';
import { freePort } from '#tests/support/consoles/running-console.ts';
import { writeRefundBody } from '#app/domain/operations/bodies.ts';

const SOON = { timeout: 60_000, interval: 50 };
let folder: string;
let env: NodeJS.ProcessEnv;
const running = new Set<ChildProcess>();

const PASSWORD = 'blue heron eats seven plums';

/** One of the project's programs, as README names it. */
const command = (program: string, args: string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', program, ...args],
    { cwd: root, env, input, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
};

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
  command('scripts/import.ts', [book]);
});
afterEach(() => {
  // With all that it has started.
  for (const { pid } of running) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  running.clear();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `npm start`, as far as the greeting, which ends with `end`. */
const start = async (end = /\/mail\n/, more: Record<string, string> = {}) => {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    ...{ cwd: root, env: { ...env, ...more } },
    ...{ stdio: ['ignore', 'pipe', 'pipe'], detached: true },
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
  await vi.waitFor(() => expect(said).toMatch(end), SOON);
  const apiBase = /stands in at (\S+)\.\n/.exec(said)?.[1];
  const stripe = createStripe({ secretKey: SANDBOX_KEY, apiBase, beforeCall: () => {} });
  /** The processes that it has started: the server and what runs beside it. */
  const children = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(child.pid)], {
    encoding: 'utf8',
  }).stdout.split('\n');
  const pidOf = (program: string): number =>
    Number.parseInt(children.find((line) => line.includes(program)) ?? '', 10);
  const stop = async () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { child, said: () => said, ended, end: stop, stripe, apiBase: apiBase ?? '', pidOf };
};
/** The status of a sign-in. */
const signIn = async (email: string, password: string): Promise<number> => {
  const url = `http://127.0.0.1:${env['PORT']}`;
  const { status } = await fetch(`${url}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ email, password }),
    headers: { Origin: url },
    redirect: 'manual',
  });
  return status;
};
const isAway = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => false,
    () => true,
  );

test('somebody’s own book is nobody’s until an admin is added, by the command that the start names', async () => {
  const first = await start(/--role admin\n/);
  expect(first.said()).toContain('No Stripe key is set: nothing can be refunded');
  expect(first.said()).not.toMatch(/demo\.test|This is the demo/);
  expect(first.said()).toContain(
    `DATABASE_URL=${env['DATABASE_URL']} npm run staff -- add you@company.example --name "Your Name" --role admin`,
  );
  expect(await signIn('agent@demo.test', 'redress demo only')).toBe(401);
  expect(await first.end()).toBe(0);

  command('scripts/staff.ts', ['add', 'me@company.example', '--role', 'admin'], `${PASSWORD}\n`);
  const second = await start();
  expect(second.said()).not.toContain('Nobody can sign in');
  expect(await signIn('agent@demo.test', 'redress demo only')).toBe(401);
  expect(await signIn('me@company.example', PASSWORD)).toBe(303);
  expect(await second.end()).toBe(0);
  expect(command('scripts/staff.ts', ['list'])).toBe(
    'me@company.example\tadmin\tme@company.example\t\n',
  );
});

test('beyond this machine no Stripe stands in, and no account of the demo is made', async () => {
  const wide = { HOST: '0.0.0.0', SESSION_SECRET: 'kV3-qL8xw0Zr5tYp2mNc7bHs4dJf9gAe' };
  const { said, end } = await start(/no real money can move/, {
    ...wide,
    STRIPE_SECRETKEY: 'sk_live_hunter2',
  });
  expect(said()).toContain('Did you mean STRIPE_SECRET_KEY?');
  expect(said()).not.toMatch(/demo\.test|This is the demo|stands in|hunter2/);
  expect(await signIn('agent@demo.test', 'redress demo only')).toBe(401);
  expect(await end()).toBe(0);
});

test('somebody’s own book has a Stripe that keeps what was refunded; if it crashes, the server ends', async () => {
  const first = await start();
  expect(first.said()).toContain('no real money can move');
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
