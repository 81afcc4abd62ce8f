import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { ImportResult } from '#app/services/import/import-book.ts';
import { dialect } from '#db/dialect/dialect.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { importRun, postponedIndex } from '#db/schema/imports.ts';
import { sqliteParts } from '#db/sqlite.ts';
import type { Store } from '#db/store-types.ts';
import { GOOD } from '#tests/factories/good-lines.ts';
import { bookHash, dirtyCustomers } from '#tests/support/book-content.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
const TSX = createRequire(import.meta.url).resolve('tsx/cli');
const CHILD = 'tests/support/children/import-child.ts';

/** Big enough for several transactions: a mebibyte each. Every 97th line is bad. */
const lines = Array.from({ length: 18_000 }, (_, at) => {
  const customerId = `org_${at % 50}`;
  const id = `le_${at * 7_919}`;
  const credits = at % 97 === 0 ? 0.5 : -(at % 40);
  return JSON.stringify({ ...GOOD.ledgerEntry, id, customerId, credits, note: `note ${at}` });
});
const REFUSED = Math.ceil(lines.length / 97);

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'redress-kill-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

/** Runs an import; `killAt(n)` says whether to kill -9 it at its n-th line of output. */
const run = async (
  databaseUrl: string,
  args: string[],
  killAt: (line: string, count: number) => boolean,
): Promise<ImportResult | null> => {
  const child = spawn(process.execPath, [TSX, CHILD, ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
    // Its own group, because tsx runs the program in a process below itself.
    detached: true,
  });
  const closed = once(child, 'close');
  let result: ImportResult | null = null;
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    count += 1;
    if (line.startsWith('done ')) result = JSON.parse(line.slice(5)) as ImportResult;
    else if (child.pid && killAt(line, count)) process.kill(-child.pid, 'SIGKILL');
  }
  await closed;
  return result;
};

const never = (): boolean => false;
/** Starts of a program, which the machine may be slow at. */
const TIMEOUT = 150_000;

/** Kills a load again and again, each time a little further on, until it comes to its end. */
const loadWithKills = async (
  store: Store & { databaseUrl: string },
  args: string[],
  kills: number,
): Promise<ImportResult> => {
  for (let round = 1; round <= kills; round += 1) {
    expect(await run(store.databaseUrl, args, (_, count) => count === 1)).toBeNull();
  }
  const result = await run(store.databaseUrl, args, never);
  if (!result) throw new Error('the last load did not come to its end');
  return result;
};

test(
  'a load that is killed and started again counts and stores every line once',
  async () => {
    const [store, reference] = [await freshStore(), await freshStore()];
    const home = folder();
    const [killed, whole] = [join(home, 'killed.ndjson'), join(home, 'whole.ndjson')];
    for (const path of [killed, whole]) writeFileSync(path, lines.join('\n'));
    expect(await run(reference.databaseUrl, [whole], never)).toMatchObject({ resumedAfter: 0 });

    const result = await loadWithKills(store, [killed], 2);
    expect(result.resumedAfter).toBeGreaterThan(0);
    expect(result).toMatchObject({
      linesRead: lines.length,
      loaded: lines.length - REFUSED,
      refused: REFUSED,
    });
    expect(await bookHash(store.read)).toBe(await bookHash(reference.read));
    expect(await dirtyCustomers(store.read)).toEqual(await dirtyCustomers(reference.read));
    const rejects = readFileSync(`${killed}.rejects.ndjson`, 'utf8');
    expect(rejects).toBe(readFileSync(`${whole}.rejects.ndjson`, 'utf8'));
    expect(rejects.trim().split('\n')).toHaveLength(REFUSED);
    const runs = await store.read.select().from(importRun);
    expect(runs).toHaveLength(1);
    expect(runs[0]?.finishedAt).not.toBeNull();
  },
  TIMEOUT,
);

test(
  'a killed load of a packed file goes on as well; a changed file begins anew',
  async () => {
    const store = await freshStore();
    const path = join(folder(), 'book.ndjson.gz');
    writeFileSync(path, gzipSync(lines.join('\n')));
    expect(await run(store.databaseUrl, [path], (_, count) => count === 2)).toBeNull();
    writeFileSync(path, gzipSync(`${lines.join('\n')}\n${lines[1]}`));
    const changed = await run(store.databaseUrl, [path], (_, count) => count === 2);
    expect(changed).toBeNull();
    const result = await run(store.databaseUrl, [path], never);
    expect(result).toMatchObject({ linesRead: lines.length + 1, refused: REFUSED });
    expect(result?.resumedAfter).toBeGreaterThan(0);
    expect(await store.read.select().from(importRun)).toHaveLength(2);
  },
  TIMEOUT,
);

if (dialect === 'sqlite')
  test(
    'a first load killed without its indexes goes on; any other start builds them',
    async () => {
      const store = await freshStore();
      const path = join(folder(), 'book.ndjson');
      writeFileSync(path, lines.join('\n'));
      const indexes = (): unknown =>
        sqliteParts(store)
          ?.reader.prepare("select name from sqlite_schema where type = 'index' order by name")
          .pluck()
          .all();
      const before = indexes();
      const killAtIndex = (line: string): boolean => line === 'index 3';
      expect(await run(store.databaseUrl, [path, 'large'], killAtIndex)).toBeNull();
      const missing = await store.read.select().from(postponedIndex);
      expect(missing.length).toBeGreaterThan(0);
      expect(indexes()).not.toEqual(before);
      await migrate(store.databaseUrl);
      expect(indexes()).toEqual(before);
      expect(await store.read.select().from(postponedIndex)).toEqual([]);
      expect(await run(store.databaseUrl, [path, 'large'], never)).toMatchObject({
        resumedAfter: lines.length,
        linesRead: lines.length,
      });
    },
    TIMEOUT,
  );
