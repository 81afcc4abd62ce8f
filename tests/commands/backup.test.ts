import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { backup } from '#db/backup/backup.ts';
import { dialect } from '#db/dialect/dialect.ts';
import { watermark } from '#db/schema/book.ts';
import { openStore } from '#db/store.ts';
import { freshStore } from '#tests/support/fresh-store.ts';

const scratch = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-backup-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const onSqlite = (): void => {
  it('holds what was written before it, while writing goes on', async () => {
    const store = await freshStore();
    await store.write((tx) =>
      tx.insert(watermark).values({ id: 'ledger', through: 7 }).returning(),
    );
    const target = join(scratch(), 'copy.db');
    const later = store.write((tx) =>
      tx.insert(watermark).values({ id: 'payments', through: 8 }).returning(),
    );
    expect(backup(store.databaseUrl, target)).toBe(statSync(target).size);
    await later;

    const copy = await openStore(`file:${target}`);
    onTestFinished(() => copy.close());
    expect(await copy.read.select().from(watermark)).toContainEqual({ id: 'ledger', through: 7 });
    expect(() => backup(store.databaseUrl, target)).toThrow(/is there already/);
  });

  it('copies the database that .env names', async () => {
    const store = await freshStore();
    await store.write((tx) =>
      tx.insert(watermark).values({ id: 'invoices', through: 9 }).returning(),
    );
    const folder = scratch();
    writeFileSync(join(folder, '.env'), `DATABASE_URL=${store.databaseUrl}\n`);
    expect(run(folder, 'copy.db')).toContain('checked');
    const copy = await openStore(`file:${join(folder, 'copy.db')}`);
    onTestFinished(() => copy.close());
    expect(await copy.read.select().from(watermark)).toContainEqual({ id: 'invoices', through: 9 });
  });
};

const onPostgres = (): void => {
  it('points to pg_dump on PostgreSQL', async () => {
    const { databaseUrl } = await freshStore();
    const target = join(scratch(), 'copy.db');
    expect(() => backup(databaseUrl, target)).toThrow(/pg_dump/);
    expect(existsSync(target)).toBe(false);
  });
};

if (dialect === 'sqlite') onSqlite();
else onPostgres();

const COMMAND = [
  join(import.meta.dirname, '../../node_modules/.bin/tsx'),
  join(import.meta.dirname, '../../scripts/backup.ts'),
] as const;
/** The command as a shell without settings would run it, in a folder of its own. */
const run = (cwd: string, ...args: string[]): string => {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, NODE_ENV: 'production' } as const;
  const options = { cwd, env, encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync(COMMAND[0], [COMMAND[1], ...args], options);
};

it('says what it does with --help and stops without a file', () => {
  expect(run(scratch(), '--help')).toContain('npm run backup');
  expect(() => run(scratch())).toThrow(/npm run backup/);
});
