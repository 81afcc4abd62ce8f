import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '#app/lib/instant.ts';
import { freshDatabase } from '#tests/support/fresh-store.ts';
import { ask } from '#tests/support/consoles/http-client.ts';
import type { Answer, Asking } from '#tests/support/consoles/http-client.ts';
import type * as Bundle from '#app/server.ts';
import type { Store } from '#db/store-types.ts';
export const DEMO_PASSWORD = 'redress demo only';
export const FORM = 'application/x-www-form-urlencoded';
const STARTS = Date.parse('2026-05-03T09:00:00Z');

/** The built server, in this process, on a database and a clock of its own. */
export interface TestConsole {
  address: string;
  /** What a page of our own sends as its origin. */
  origin: string;
  store: Store;
  databaseUrl: string;
  /** The file that keeps where the audit log ended. */
  auditHeads: string;
  log: Record<string, unknown>[];
  now(): Instant;
  forward(ms: number): void;
  ask(path: string, asking?: Asking): Promise<Answer>;
  /** Posts a form from a page of our own. */
  post(path: string, form: Record<string, string>, headers?: Asking['headers']): Promise<Answer>;
  /** Signs in and answers the cookie to send. */
  signIn(email: string, password?: string): Promise<string>;
  /** Stops it and starts another on the same database. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const BUNDLE = new URL('../../../build/server/index.js', import.meta.url);

/** The exports of app/server.ts as built. */
export const loadBundle = async (): Promise<typeof Bundle> => {
  if (!existsSync(BUNDLE)) throw new Error('there is no build: npm run build first');
  // Vite's own, which it shows to every test: not a setting of ours.
  delete process.env['BASE_URL'];
  return (await import(/* @vite-ignore */ BUNDLE.href)) as typeof Bundle;
};

export const cookieOf = (answer: Answer, name: string): string | null => {
  const line = answer.headers['set-cookie']?.find((each) => each.startsWith(`${name}=`));
  return line?.split(';')[0] ?? null;
};

/** Starts the console; `env` adds to the demo's settings. `machineNow`: a machine whose clock is wrong. */
export const startTestConsole = async (
  env: Record<string, string> = {},
  machineNow: () => Instant = Date.now,
): Promise<TestConsole> => {
  const { startConsole, parseEnv, createLog, ...built } = await loadBundle();
  const DATABASE_URL = env['DATABASE_URL'] ?? (await freshDatabase());
  const settings = parseEnv({ PORT: '0', ...env, DATABASE_URL });
  const log: Record<string, unknown>[] = [];
  const write = (line: string) => log.push(JSON.parse(line) as Record<string, unknown>);
  let at = STARTS;
  const now = () => at;
  const auditHeads = join(mkdtempSync(join(tmpdir(), 'redress-heads-')), 'audit-heads.ndjson');
  const options = { ...built, auditHeads, now, machineNow, log: createLog('info', { write }) };
  const start = () => startConsole(settings, options);
  let running = await start();
  const console: TestConsole = {
    get address() {
      return running.address;
    },
    get origin() {
      return settings.BASE_URL ?? running.address;
    },
    get store() {
      return running.platform.store;
    },
    databaseUrl: DATABASE_URL,
    auditHeads,
    log,
    now,
    forward: (ms) => {
      at += ms;
    },
    ask: (path, asking) => ask(running.address, path, asking),
    post: (path, form, headers = {}) =>
      ask(running.address, path, {
        method: 'POST',
        headers: { Origin: console.origin, 'Content-Type': FORM, ...headers },
        body: new URLSearchParams(form).toString(),
      }),
    signIn: async (email, password = DEMO_PASSWORD) => {
      const answer = await console.post('/sign-in', { email, password });
      const cookie = cookieOf(answer, 'sid') ?? cookieOf(answer, '__Host-sid');
      if (cookie === null) throw new Error(`${email} could not sign in: ${answer.status}`);
      return cookie;
    },
    restart: async () => {
      await running.close();
      running = await start();
    },
    close: () => running.close(),
  };
  return console;
};
