import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { toIso } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { root } from '#scripts/installed.mjs';
import { sandboxOfConsole } from '#tests/support/sandbox-controls.ts';
import type { SandboxHands } from '#tests/support/sandbox-controls.ts';

const BUNDLE = join(root, 'build/server/index.js');

export interface RunningConsole {
  url: string;
  databaseUrl: string;
  /** Null: it runs without, and no money can move. */
  sandbox: SandboxHands | null;
  stop(): Promise<void>;
}

export interface RunOptions {
  /** Beside it a local Stripe and product API filled from the same book, and a mail server. */
  sandbox?: boolean;
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

/** Resolves when the server says that it listens; rejects where it ends before. */
const listening = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    const said: string[] = [];
    if (server.stdout === null) throw new Error('the server’s output is not readable');
    createInterface({ input: server.stdout }).on('line', (line) => {
      said.push(line);
      if (line.includes('"listening"')) resolve();
    });
    server.once('exit', (code) =>
      reject(new Error(`the server ended (${code}): ${said.join('\n')}`)),
    );
  });

/** Loads the book into a database of the demo, and sweeps it. */
const load = (book: readonly object[], folder: string, env: NodeJS.ProcessEnv): void => {
  const file = join(folder, 'book.ndjson');
  writeFileSync(file, book.map((line) => `${JSON.stringify(line)}\n`).join(''));
  for (const program of [['scripts/demo-book/claim.ts'], ['scripts/import.ts', file]]) {
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', ...program], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`the book was not loaded: ${stderr}`);
  }
};

const ended = (server: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill();
  });

/**
 * The built console as its own process: a new SQLite database with this book in it, loaded and swept
 * by the import command, a free port, and a clock that starts at `now`.
 */
export async function runConsole(
  book: readonly object[],
  now: Instant,
  options: RunOptions = {},
): Promise<RunningConsole> {
  if (!existsSync(BUNDLE)) throw new Error('there is no build: npm run build first');
  const folder = mkdtempSync(join(tmpdir(), 'redress-e2e-'));
  const port = await freePort();
  const consoleUrl = `http://127.0.0.1:${port}`;
  const beside = options.sandbox ? await sandboxOfConsole(book, { now, consoleUrl }) : null;
  const databaseUrl = `file:${join(folder, 'redress.db')}`;
  const { BASE_URL: _vite, ...inherited } = process.env;
  const env: NodeJS.ProcessEnv = {
    ...inherited,
    ...beside?.env,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    REDRESS_NOW: toIso(now),
    PORT: String(port),
    LOG_LEVEL: 'info',
  };
  load(book, folder, env);
  const server = spawn(process.execPath, [BUNDLE], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await listening(server);
  beside?.startClock();
  const stop = async (): Promise<void> => {
    await ended(server);
    await beside?.hands.sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `http://localhost:${port}`, databaseUrl, sandbox: beside?.hands ?? null, stop };
}
