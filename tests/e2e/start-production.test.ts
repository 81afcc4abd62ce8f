import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '#scripts/installed.mjs';
import { familyOf } from '#tests/support/processes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redress-production-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const LIVE = {
  STRIPE_SECRET_KEY: 'rk_live_1',
  SESSION_SECRET: 'k3Jx9Qm2Vb7Tn5Rw8Zy4Hc6Lp1Sd0FgA',
  // Nobody listens there, and nothing is asked before something was decided.
  STRIPE_API_BASE: 'http://127.0.0.1:9',
};

/** A production start with these settings and no others; `at` holds the program. */
const start = (settings: Record<string, string>, at = root) => {
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=8', join(at, 'scripts/start-production.mjs')],
    {
      cwd: folder,
      env: {
        NODE_ENV: 'production',
        PATH: process.env['PATH'],
        DATABASE_URL: `file:${join(folder, 'live.db')}`,
        PORT: '0',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const lines: Record<string, string>[] = [];
  const listening = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      // One JSON object a line is what it logs.
      const told = JSON.parse(line) as Record<string, string>;
      lines.push(told);
      if (told['msg'] === 'listening') resolve(told['address'] ?? '');
    });
  });
  let problem = '';
  child.stderr.on('data', (text: Buffer) => (problem += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, lines, listening, ended, problem: () => problem };
};

test('runs for real money in one process, and names each part that is not set', async () => {
  const { child, lines, listening, ended } = start({
    ...LIVE,
    SMTP_URL: 'smtps://mail.example.com',
    MAIL_FROM: 'billing@example.com',
  });
  const address = await listening;
  expect(await (await fetch(`${address}/readyz`)).text()).toContain('ready');
  expect(familyOf(child.pid ?? 0)).toHaveLength(1);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  const missing = lines.filter(({ level }) => level === 'warn').map(({ msg }) => msg);
  for (const name of ['BASE_URL', 'STRIPE_WEBHOOK_SECRET', 'PRODUCT_API_URL', 'INGEST_TOKEN'])
    expect(missing.filter((line) => line?.startsWith(`${name} `))).toHaveLength(1);
  expect(missing.join()).not.toContain('MAIL_FROM');
});

test.each<[string, Record<string, string>, string]>([
  ['no Stripe key', {}, 'STRIPE_SECRET_KEY is not set. A production start is never the demo'],
  ['a wrong setting', { ...LIVE, PORT: '80a80' }, 'Wrong environment: PORT must be a whole number'],
])('says why it does not start: %s', async (_what, settings, words) => {
  const { ended, problem } = start(settings);
  expect(await ended).toBe(1);
  // One line, and no more.
  expect(problem()).toMatch(/^[^\n]+\n$/);
  expect(problem()).toContain(words);
  expect(existsSync(join(folder, 'live.db'))).toBe(false);
});

test('says that there is no build, and makes none', async () => {
  const bare = join(folder, 'bare');
  mkdirSync(join(bare, 'scripts'), { recursive: true });
  for (const name of ['start-production.mjs', 'installed.mjs', 'children.mjs'])
    copyFileSync(join(root, 'scripts', name), join(bare, 'scripts', name));
  copyFileSync(join(root, 'package.json'), join(bare, 'package.json'));
  const { ended, problem } = start(LIVE, bare);
  expect(await ended).toBe(1);
  expect(problem()).toMatch(
    /^Redress did not start: there is no build\. Run npm ci && npm run build/,
  );
});
