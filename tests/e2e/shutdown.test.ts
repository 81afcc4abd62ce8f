import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '#scripts/installed.mjs';
import { createIds } from '#app/lib/ids.ts';
import { enqueue } from '#app/services/reconciliation/enqueue-reconciliation.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { openStore } from '#db/store.ts';
import { ask } from '#tests/support/consoles/http-client.ts';
import { openLine } from '#tests/support/consoles/open-line.ts';
import { cookieOf } from '#tests/support/consoles/test-console.ts';

/* Told to end, the server has ended within eight seconds, whatever those it talks to do. */
const LONGEST = 8_000;
const TOKEN = 'a-token-of-some-length';
const BUNDLE = join(root, 'build/server/index.js');

/** A Stripe that takes calls and never answers. */
const silentServer = async () => {
  const callers = new Set<Socket>();
  const server = createServer((caller) => {
    callers.add(caller);
    caller.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const caller of callers) caller.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, called: once(server, 'connection') };
};

/** The built server on a new database, with a comparison with Stripe in line if so wished. */
const runServer = async (settings: Record<string, string>, comparison: boolean) => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-shutdown-'));
  const databaseUrl = `file:${join(folder, 'redress.db')}`;
  await migrate(databaseUrl);
  if (comparison) {
    const store = await openStore(databaseUrl);
    await store.write((tx) => enqueue({ now: Date.now, newId: createIds(Date.now) }, tx, null));
    await store.close();
  }
  const server = spawn(process.execPath, [BUNDLE], {
    cwd: root,
    env: {
      NODE_ENV: 'production',
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      PORT: '0',
      INGEST_TOKEN: TOKEN,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const lines: { msg?: string; address?: string; open?: string[] }[] = [];
  const address = await new Promise<string>((resolve) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const told = JSON.parse(line) as (typeof lines)[number];
      lines.push(told);
      if (told.msg === 'listening') resolve(told.address ?? '');
    });
  });
  const ended = new Promise<number | null>((resolve) => server.once('close', resolve));
  /** Tells it to end; answers how and after how many milliseconds it has. */
  const end = async () => {
    const told = performance.now();
    server.kill('SIGTERM');
    return { code: await ended, milliseconds: performance.now() - told };
  };
  return { address, end, lines };
};

/** A client that writes what it is given and nothing else; resolves when it has gone out. */
const rawClient = async (address: string, text: string): Promise<Socket> => {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  if (text !== '') await new Promise<void>((resolve) => socket.write(text, () => resolve()));
  return socket;
};

const openPages = async (address: string, pages: number): Promise<void> => {
  const form = new URLSearchParams({ email: 'lead@demo.test', password: 'redress demo only' });
  const answer = await ask(address, '/sign-in', {
    method: 'POST',
    headers: { Origin: address, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  const cookie = cookieOf(answer, 'sid') ?? '';
  for (let page = 0; page < pages; page += 1) {
    const { line } = await openLine(address, '/events', cookie);
    onTestFinished(() => void line.destroy());
  }
};

test('open pages and kept connections end at once', async () => {
  const { address, end, lines } = await runServer({}, false);
  await openPages(address, 3);
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  await ask(address, '/healthz', { agent });
  const { code, milliseconds } = await end();
  expect(code).toBe(0);
  expect(milliseconds).toBeLessThan(LONGEST / 2);
  expect(lines.filter(({ open }) => open !== undefined)).toEqual([]);
});

test('clients that never finish, a Stripe that never answers, and load are cut off', async () => {
  const stripe = await silentServer();
  const { address, end, lines } = await runServer(
    { STRIPE_API_BASE: `http://127.0.0.1:${stripe.port}` },
    true,
  );
  await openPages(address, 3);
  const head = (line: string, length: number): string =>
    `${line} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${TOKEN}\r\nOrigin: ${address}\r\n` +
    `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`;
  await rawClient(address, '');
  await rawClient(address, 'GET / HTTP/1.1\r\nHost: 127.');
  await rawClient(address, `${head('POST /sign-in', 1_000)}email=`);
  // It goes on for as long as it is let.
  const upload = await rawClient(address, head('POST /ingest', 1_000_000));
  const slowly = setInterval(() => upload.write('\n'), 100);
  onTestFinished(() => clearInterval(slowly));
  // Asks for much and reads nothing of it.
  const deaf = await rawClient(address, '');
  deaf.pause();
  deaf.write('GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'.repeat(400));
  // People at work, until there is nobody to answer them.
  const work = async (): Promise<void> => {
    for (;;) if (!(await fetch(`${address}/sign-in`).catch(() => null))) return;
  };
  const load = Promise.all(Array.from({ length: 8 }, work));
  await stripe.called;
  const { code, milliseconds } = await end();
  await load;
  console.log(`ended after ${Math.round(milliseconds)} ms`);
  expect(code).toBe(0);
  expect(milliseconds).toBeLessThan(LONGEST);
  expect(lines.find(({ open }) => open !== undefined)?.open).toContain('money');
});
