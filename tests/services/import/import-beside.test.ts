import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dialect } from '#db/dialect/dialect.ts';
import { importRun } from '#db/schema/imports.ts';
import { openStore } from '#db/store.ts';
import { isExclusivelyUsed } from '#db/exclusive-use.ts';
import { GOOD } from '#tests/factories/good-lines.ts';
import { freshDatabase, freshStore } from '#tests/support/fresh-store.ts';

const onSqlite = dialect === 'sqlite';

test('a database is used alone until somebody opens it, and again when all have closed it', async () => {
  const databaseUrl = await freshDatabase();
  expect(isExclusivelyUsed(databaseUrl)).toBe(true);
  const [one, other] = [await openStore(databaseUrl), await openStore(databaseUrl)];
  expect(isExclusivelyUsed(databaseUrl)).toBe(!onSqlite);
  await one.close();
  expect(isExclusivelyUsed(databaseUrl)).toBe(!onSqlite);
  await other.close();
  expect(isExclusivelyUsed(databaseUrl)).toBe(true);
});

test('the import command lets those who have the database open write between its transactions', async () => {
  const store = await freshStore();
  const folder = mkdtempSync(join(tmpdir(), 'redress-beside-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'book.ndjson');
  const line = (at: number): string => JSON.stringify({ ...GOOD.ledgerEntry, id: `le_${at}` });
  writeFileSync(file, Array.from({ length: 10_000 }, (_, at) => line(at)).join('\n'));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'scripts/import.ts', '--no-sweep', file],
    {
      env: { NODE_ENV: 'production', PATH: process.env['PATH'], DATABASE_URL: store.databaseUrl },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const ended = once(child, 'exit');
  const seen = new Set<number>();
  while (child.exitCode === null) {
    // What a page does: a write of its own, which waits for its turn.
    const [run] = await store.write((tx) => tx.select().from(importRun));
    if (run !== undefined && run.linesRead > 0 && run.finishedAt === null) seen.add(run.linesRead);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await ended).toEqual([0, null]);
  expect(seen.size).toBeGreaterThan(onSqlite ? 4 : 0);
}, 120_000);
