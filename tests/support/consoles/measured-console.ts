import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { heldBy, METER_FLAGS } from '#scripts/bench/measure/loop-meter.ts';
import { root } from '#scripts/installed.mjs';
import { SERVER_FLAGS } from '#scripts/server-flags.mjs';
import { freePort } from '#tests/support/consoles/running-console.ts';

/** The built console in a process of its own, which tells how long its event loop was held. */
export interface MeasuredConsole {
  address: string;
  /** Milliseconds of the processor's time for which `work` held the loop at most, without a turn for others. */
  held(work: () => Promise<unknown>): Promise<number>;
  stop(): Promise<void>;
}

const BUNDLE = join(root, 'build/server/index.js');

/** Starts it on this database, with these settings. */
export const startMeasuredConsole = async (
  databaseUrl: string,
  settings: Record<string, string> = {},
): Promise<MeasuredConsole> => {
  if (!existsSync(BUNDLE)) throw new Error('there is no build: npm run build first');
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const { BASE_URL: _vite, ...inherited } = process.env;
  const server = spawn(process.execPath, [...SERVER_FLAGS, ...METER_FLAGS, BUNDLE], {
    cwd: mkdtempSync(join(tmpdir(), 'redress-measured-')),
    env: {
      ...inherited,
      ...{ NODE_ENV: 'production', DATABASE_URL: databaseUrl, PORT: String(port) },
      ...{ LOG_LEVEL: 'info', ...settings },
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const gone = once(server, 'exit');
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stdout ?? process.stdin }).on('line', (line) => {
      if (line.includes('"listening"')) resolve();
    });
    void gone.then(() => reject(new Error('the server ended before it listened')));
  });
  return {
    address,
    held: async (work) => (await heldBy(server, work)).held,
    stop: async () => {
      server.kill();
      await gone;
    },
  };
};
