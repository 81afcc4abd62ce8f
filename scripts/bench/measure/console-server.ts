import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bench } from '#scripts/bench/bench.ts';
import { environment } from '#scripts/bench/bench.ts';
import { BUNDLE, ensureBuild } from '#scripts/bench/measure/ensure-build.ts';
import { memoryOf, startNode } from '#scripts/bench/measure/child.ts';
import { heldBy, METER_FLAGS } from '#scripts/bench/measure/loop-meter.ts';
import type { Held } from '#scripts/bench/measure/loop-meter.ts';
import { ask, keepAlive } from '#scripts/bench/measure/http-probe.ts';
import { SERVER_FLAGS } from '#scripts/server-flags.mjs';

const PASSWORD = 'redress demo only';

/** The console in production, on a database of the bench, with somebody signed in. */
export interface RunningConsole {
  address: string;
  /** The session of the agent, as a cookie header. */
  cookie: string;
  signIn(email: string): Promise<string>;
  residentMiB(): number;
  /** For how long `work` held its event loop at most; only where it was started with `metered`. */
  held(work: () => Promise<unknown>): Promise<Held>;
  stop(): Promise<void>;
}

export const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

interface ConsoleOptions {
  /** With a meter of its event loop, which keeps a processor busy while it measures. */
  metered?: boolean;
  settings?: Record<string, string>;
}

/** Starts the built server on this database and waits until it answers. */
export async function startConsole(
  bench: Bench,
  databaseUrl: string,
  { metered = false, settings = {} }: ConsoleOptions = {},
): Promise<RunningConsole> {
  ensureBuild(bench.say);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const child = startNode([...SERVER_FLAGS, ...(metered ? METER_FLAGS : []), BUNDLE], {
    ...environment(databaseUrl),
    ...{ PORT: String(port), BASE_URL: address, LOG_LEVEL: 'warn', ...settings },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => (said = (said + String(chunk)).slice(-2000)));
  }
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    await gone;
  };
  bench.onEnd(stop);
  for (let tries = 0; !(await answers(address)); tries += 1) {
    if (child.exitCode !== null || tries > 600)
      throw new Error(`the server did not start: ${said}`);
    await wait(50);
  }
  const signIn = (email: string) => signInAt(address, email);
  const cookie = await signIn('agent@demo.test');
  return {
    ...{ address, cookie, signIn, stop },
    residentMiB: () => memoryOf(child.pid, 'VmRSS'),
    held: (work) => heldBy(child, work),
  };
}

const answers = (address: string): Promise<boolean> =>
  fetch(`${address}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );

async function signInAt(address: string, email: string): Promise<string> {
  const agent = keepAlive(1);
  const answer = await ask(agent, {
    url: `${address}/sign-in`,
    method: 'POST',
    headers: { origin: address, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email, password: PASSWORD }).toString(),
  });
  agent.destroy();
  const cookies = answer.headers['set-cookie'] ?? [];
  const session = cookies.map((line) => line.split(';')[0] ?? '').find((line) => /sid=/.test(line));
  if (session === undefined) throw new Error(`sign-in of ${email} answered ${answer.status}`);
  return session;
}
