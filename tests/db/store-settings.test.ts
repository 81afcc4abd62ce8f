import { existsSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dialect } from '#db/dialect/dialect.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { postgresParts } from '#db/postgres.ts';
import { appendAudit, auditEnd } from '#db/queries/audit/audit-events.ts';
import { assertPragmas, connect, isOldVersion, pathOf } from '#db/sqlite-connection.ts';
import { sqliteParts } from '#db/sqlite.ts';
import { openStore } from '#db/store.ts';
import { freshDatabase, freshStore } from '#tests/support/fresh-store.ts';

if (dialect === 'sqlite')
  describe('SQLite', () => {
    test.each([
      ['journal_mode = DELETE', 'journal_mode is not wal'],
      ['synchronous = NORMAL', 'synchronous is not 2 (FULL)'],
      ['foreign_keys = OFF', 'foreign_keys is not 1'],
      ['busy_timeout = 4999', 'busy_timeout is below 5000'],
      ['recursive_triggers = OFF', 'recursive_triggers is not 1'],
      ['trusted_schema = ON', 'trusted_schema is not 0'],
    ])('%s does not pass the check of a connection', async (pragma, problem) => {
      const connection = connect(await freshDatabase());
      expect(() => assertPragmas(connection)).not.toThrow();
      connection.pragma(pragma);
      expect(() => assertPragmas(connection)).toThrow(
        `SQLite is not set up as it must be: ${problem}`,
      );
      connection.close();
    });

    test.each([
      ['3.51.2', true],
      ['3.50.9', true],
      ['2.99.99', true],
      ['3.51.3', false],
      ['3.53.2', false],
      ['4.0.0', false],
    ])('version %s is too old: %s', (version, old) => {
      expect(isOldVersion(version)).toBe(old);
    });

    test('the file can be read by its owner only', async () => {
      const url = `${await freshDatabase()}.new`;
      connect(url).close();
      expect(statSync(pathOf(url)).mode & 0o777).toBe(0o600);
    });

    test('a store is opened of a file that is there, and makes none', async () => {
      const url = `${await freshDatabase()}.mistyped`;
      await expect(openStore(url)).rejects.toThrow(
        `DATABASE_URL: there is no database at ${pathOf(url)}`,
      );
      expect(existsSync(pathOf(url))).toBe(false);
    });

    test('reads have a connection that cannot write, both have passed the check', async () => {
      const parts = sqliteParts(await freshStore());
      if (!parts) throw new Error('not SQLite');
      expect(() => parts.reader.exec("insert into watermark values ('ledger', 1)")).toThrow(
        'readonly',
      );
      for (const connection of [parts.reader, parts.writer]) assertPragmas(connection);
    });

    test.each([
      ['file:./data/redress.db', './data/redress.db'],
      ['file:data/a%20b.db', 'data/a b.db'],
      ['file:/var/lib/redress.db', '/var/lib/redress.db'],
      ['file:///var/lib/redress.db', '/var/lib/redress.db'],
    ])('%s is the file %s', (url, path) => {
      expect(pathOf(url)).toBe(path);
    });
  });

if (dialect === 'postgres')
  describe('PostgreSQL', () => {
    test('reads cannot write, and no statement or lock is waited for without end', async () => {
      const reads = postgresParts(await freshStore())?.reads;
      if (!reads) throw new Error('not PostgreSQL');
      await expect(reads.query("insert into watermark values ('ledger', now())")).rejects.toThrow(
        'read-only',
      );
      const show = async (name: string): Promise<unknown> =>
        Object.values(
          (await reads.query<Record<string, unknown>>(`show ${name}`)).rows[0] ?? {},
        )[0];
      expect(await show('statement_timeout')).toBe('10s');
      expect(await show('lock_timeout')).toBe('3s');
      expect(await show('idle_in_transaction_session_timeout')).toBe('15s');
      expect(await show('timezone')).toBe('UTC');
    });

    test('the audit log takes rows while its table is vacuumed or indexed', async () => {
      const store = await freshStore();
      const keeper = await postgresParts(store)?.reads.connect();
      if (!keeper) throw new Error('not PostgreSQL');
      // The lock of both, and of what the server does by itself.
      await keeper.query('begin read write');
      await keeper.query('lock table audit_event in share update exclusive mode');
      const append = (id: string): Promise<void> =>
        store.write((tx) => appendAudit(tx, { id, at: 1, kind: 'audit.searched' }));
      await Promise.all([append('aud_1'), append('aud_2'), append('aud_3')]);
      await keeper.query('rollback');
      keeper.release();
      expect((await auditEnd(store.read)).seq).toBe(3);
    });

    test.each([
      ['a name that is not there', (url: string) => `${url}_mistyped`, 'does not exist'],
      ['a port where nobody listens', () => 'postgres://x:hidden@127.0.0.1:1/x', 'ECONNREFUSED'],
    ])('%s is told with its setting, by opening as by migrating', async (_what, wrong, why) => {
      const url = wrong(await freshDatabase());
      for (const use of [openStore, migrate]) {
        const said = await use(url).then(
          () => 'it was used',
          (error: Error) => error.message,
        );
        expect(said).toMatch(/^DATABASE_URL: PostgreSQL cannot be used: /);
        expect(said).toContain(why);
        expect(said).not.toContain('hidden');
      }
    });
  });
