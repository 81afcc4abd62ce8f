import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { backup } from '#db/backup.ts';
import { dialect } from '#db/dialect.ts';
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

it('says what it does with --help and stops without a file', () => {
  const tsx = join(import.meta.dirname, '../../node_modules/.bin/tsx');
  const script = join(import.meta.dirname, '../../scripts/backup.ts');
  expect(execFileSync(tsx, [script, '--help'], { encoding: 'utf8' })).toContain('npm run backup');
  expect(() => execFileSync(tsx, [script], { stdio: 'ignore' })).toThrow();
});
