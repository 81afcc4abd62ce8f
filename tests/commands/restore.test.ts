import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { backup } from '#db/backup/backup.ts';
import { dialect } from '#db/dialect/dialect.ts';
import { heldSince } from '#db/queries/deployment/restorations.ts';
import { openStore } from '#db/store.ts';
import { fillLog } from '#tests/support/audit-tools.ts';
import { freshStore } from '#tests/support/fresh-store.ts';

const COMMAND = [
  join(import.meta.dirname, '../../node_modules/.bin/tsx'),
  join(import.meta.dirname, '../../scripts/restore.ts'),
] as const;

const scratch = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-restore-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** The command in a folder of its own, whose `.env` names the database. */
const commandOn = (databaseUrl: string) => {
  const cwd = scratch();
  writeFileSync(join(cwd, '.env'), `DATABASE_URL=${databaseUrl}\n`);
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, NODE_ENV: 'production' } as const;
  const options = { cwd, env, encoding: 'utf8', stdio: 'pipe' } as const;
  return (...args: string[]): string => execFileSync(COMMAND[0], [COMMAND[1], ...args], options);
};

const confirms = async (run: ReturnType<typeof commandOn>, databaseUrl: string): Promise<void> => {
  const held = async (): Promise<boolean> => {
    const store = await openStore(databaseUrl, { poolSize: 1 });
    return (await heldSince(store.read).finally(() => store.close())) !== null;
  };
  expect(await held()).toBe(true);
  expect(() => run('--confirm')).toThrow(/Say what you checked/);
  expect(() => run('--confirm', '--note', 'looked')).toThrow(/ledger is known/);
  const done = run('--confirm', '--note', 'looked', '--ledger-checked');
  expect(done).toContain('sending goes on');
  expect(await held()).toBe(false);
};

const onSqlite = (): void => {
  it('puts a backup in place of a stopped database, and of no other', async () => {
    const store = await freshStore();
    const { databaseUrl } = store;
    const folder = scratch();
    await fillLog(store, 3);
    const file = join(folder, 'backup.db');
    backup(databaseUrl, file);
    await fillLog(store, 2, 3);
    const run = commandOn(databaseUrl);
    expect(() => run(file)).toThrow(/has .* open: stop it first/);
    await store.close();
    expect(() => run(join(folder, 'none.db'))).toThrow(/There is no file/);
    writeFileSync(join(folder, 'no.db'), 'no database');
    expect(() => run(join(folder, 'no.db'))).toThrow(/is no SQLite database/);
    const said = run(file);
    expect(said).toContain('2 rows of the audit log are not in the backup.');
    const aside = /kept as (\S+)\./.exec(said)?.[1] ?? '';
    expect(existsSync(aside)).toBe(true);
    await confirms(run, databaseUrl);
    const { dir, base } = { dir: join(aside, '..'), base: aside.split('/').at(-1) ?? '' };
    const left = readdirSync(dir).filter((name) => name.includes('.restoring'));
    expect([base.includes('.replaced-'), left]).toEqual([true, []]);
  }, 60_000);
};

const onPostgres = (): void => {
  it('takes a database that pg_restore has put in place, while nobody is at work on it', async () => {
    const store = await freshStore();
    await fillLog(store, 3);
    const run = commandOn(store.databaseUrl);
    expect(() => run('backup.dump')).toThrow(/pg_restore/);
    expect(() => run('--database')).toThrow(/is connected to the database/);
    await store.close();
    expect(run('--database')).toContain('Restored.');
    await confirms(run, store.databaseUrl);
  }, 60_000);
};

if (dialect === 'sqlite') onSqlite();
else onPostgres();

it('says what it does with --help, and stops where it is not told what to do', () => {
  const run = commandOn('file:./none.db');
  expect(run('--help')).toContain('npm run restore');
  expect(() => run()).toThrow(/npm run restore/);
});
