import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { root } from '#scripts/installed.mjs';
import { familyOf, stillRunning } from '#tests/support/processes.ts';
import { freePort } from '#tests/support/consoles/running-console.ts';

/*
 * `npm start` is four processes: npm, the start, the server, and what runs beside it in the demo. However
 * one of them is ended, none stays behind.
 */
const SOON = { timeout: 60_000, interval: 50 };
let folder: string;
const groups = new Set<number>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redress-ending-'));
});
afterEach(() => {
  for (const group of groups) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // As it should be: nothing of it is left.
    }
  }
  groups.clear();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Started {
  npm: ChildProcess;
  pid: number;
  said: () => string;
}

/** `npm start` in a process group of its own, like in a terminal; resolves once it has said `words`. */
const start = async (database: string, words: RegExp): Promise<Started> => {
  const { BASE_URL: _vite, ...inherited } = process.env;
  const npm = spawn('npm', ['start'], {
    cwd: root,
    env: {
      ...inherited,
      DATABASE_URL: `file:${join(folder, database)}`,
      PORT: String(await freePort()),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  if (npm.pid === undefined) throw new Error('npm was not started');
  groups.add(npm.pid);
  let said = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream.on('data', (text: Buffer) => (said += text.toString()));
  await vi.waitFor(() => expect(said).toMatch(words), SOON);
  return { npm, pid: npm.pid, said: () => said };
};

const partOf = (family: ReturnType<typeof familyOf>, name: string): number => {
  const found = family.find(({ command }) => command.includes(name));
  if (!found) throw new Error(`${name} does not run: ${JSON.stringify(family)}`);
  return found.pid;
};

const READY = /Redress is ready[^]*\/mail\n/;

test.each<[string, RegExp, (family: ReturnType<typeof familyOf>, npm: number) => void]>([
  ['npm is told to end', READY, (_family, npm) => process.kill(npm, 'SIGTERM')],
  [
    'somebody presses Ctrl-C twice',
    READY,
    (_family, npm) => {
      process.kill(-npm, 'SIGINT');
      process.kill(-npm, 'SIGINT');
    },
  ],
  ['a service manager tells each of them', READY, (_family, npm) => process.kill(-npm, 'SIGTERM')],
  ['npm is killed', READY, (_family, npm) => process.kill(npm, 'SIGKILL')],
  [
    'the start is killed',
    READY,
    (family) => process.kill(partOf(family, 'scripts/start.mjs'), 'SIGKILL'),
  ],
  [
    'npm is told to end while the demo book is loaded',
    /Loading the demo book/,
    (_family, npm) => process.kill(npm, 'SIGTERM'),
  ],
  [
    'the start is killed while the demo book is loaded',
    /Loading the demo book/,
    (family) => process.kill(partOf(family, 'scripts/start.mjs'), 'SIGKILL'),
  ],
])('nothing stays behind when %s', async (what, words, act) => {
  const database = words === READY ? 'ready.db' : `${what.replaceAll(' ', '-')}.db`;
  const { pid, said } = await start(database, words);
  const family = familyOf(pid);
  expect(family.length).toBeGreaterThanOrEqual(4);
  act(family, pid);
  await vi.waitFor(() => expect(stillRunning(family)).toEqual([]), SOON);
  expect(said()).not.toContain('the server ends too');
});
