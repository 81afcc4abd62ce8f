import { chmodSync, copyFileSync, renameSync, rmSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dialect } from '#db/dialect/dialect.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { LOG_LIMIT, pathOf } from '#db/sqlite-connection.ts';
import { sqliteParts } from '#db/sqlite.ts';
import { storageErrorOf } from '#db/storage-error.ts';
import { openStore } from '#db/store.ts';
import type { Store } from '#db/store-types.ts';
import { trimLog } from '#db/trim-log.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
const append = (store: Store, id: string): Promise<void> =>
  store.write((tx) => appendAudit(tx, { id, at: 1, kind: 'audit.searched' }));

test('a database that can be worked with has no trouble, and none comes of asking', async () => {
  const store = await freshStore();
  for (let times = 0; times < 3; times += 1) expect(await store.checkHealth()).toBeNull();
  await Promise.all([append(store, 'aud_1'), store.checkHealth(), append(store, 'aud_2')]);
});

test.each([
  [{ code: 'SQLITE_FULL' }, 'full'],
  [{ code: '53100' }, 'full'],
  [{ code: 'ENOSPC' }, 'full'],
  [{ code: 'SQLITE_BUSY_SNAPSHOT' }, 'locked'],
  [{ code: '55P03' }, 'locked'],
  [{ code: 'SQLITE_READONLY' }, 'read_only'],
  [{ code: '25006' }, 'read_only'],
  [{ code: 'SQLITE_IOERR_FSYNC' }, 'failing'],
  [{ code: '08006' }, 'failing'],
  [{ code: '57P01' }, 'failing'],
  [{ code: '23505' }, null],
  [{ code: 'SQLITE_CONSTRAINT_UNIQUE' }, null],
  [{ code: '40001' }, null],
  [{}, null],
])('%o is trouble of the storage: %s', (of, trouble) => {
  const driver = Object.assign(new Error('driver'), of);
  expect(storageErrorOf(new Error('query failed', { cause: driver }))).toBe(trouble);
});

if (dialect === 'sqlite')
  describe('SQLite', () => {
    const parts = (store: Store) => {
      const found = sqliteParts(store);
      if (!found) throw new Error('not SQLite');
      return found;
    };

    test('a file that another process holds is locked, and nobody waits for the answer', async () => {
      const store = await freshStore();
      const other = new Sqlite(pathOf(store.databaseUrl));
      onTestFinished(() => void other.close());
      other.exec('begin immediate');
      let turns = 0;
      const count = setInterval(() => (turns += 1), 5);
      expect(await store.checkHealth()).toBe('locked');
      clearInterval(count);
      expect(turns).toBeGreaterThan(20);
      other.exec('rollback');
      expect(await store.checkHealth()).toBeNull();
    });

    test('one that is held for a moment is not', async () => {
      const store = await freshStore();
      const other = new Sqlite(pathOf(store.databaseUrl));
      onTestFinished(() => void other.close());
      other.exec('begin immediate');
      const asked = store.checkHealth();
      setTimeout(() => other.exec('rollback'), 100);
      expect(await asked).toBeNull();
    });

    test('a file that was deleted, moved or replaced under the console is noticed', async () => {
      const store = await freshStore();
      const path = pathOf(store.databaseUrl);
      renameSync(path, `${path}.away`);
      expect(await store.checkHealth()).toBe('moved');
      copyFileSync(`${path}.away`, path);
      expect(await store.checkHealth()).toBe('moved');
      renameSync(`${path}.away`, path);
      expect(await store.checkHealth()).toBeNull();
      rmSync(path);
      expect(await store.checkHealth()).toBe('moved');
    });

    test('a file that must not be written is noticed', async () => {
      const store = await freshStore();
      const path = pathOf(store.databaseUrl);
      chmodSync(path, 0o400);
      expect(await store.checkHealth()).toBe('read_only');
      chmodSync(path, 0o600);
      expect(await store.checkHealth()).toBeNull();
      parts(store).health.connection.pragma('query_only = ON');
      expect(await store.checkHealth()).toBe('read_only');
    });

    test('a full one is noticed, loses nothing, and is ready as soon as there is room', async () => {
      const store = await freshStore();
      await append(store, 'aud_before');
      const { writer, health } = parts(store);
      for (const connection of [writer, health.connection]) {
        const pages = Number(connection.pragma('page_count', { simple: true }));
        connection.pragma(`max_page_count = ${pages}`);
      }
      expect(await store.checkHealth()).toBe('full');
      const much = Array.from({ length: 500 }, (_, at) => append(store, `aud_${at}`));
      const failed = (await Promise.allSettled(much)).filter(({ status }) => status === 'rejected');
      expect(failed.length).toBeGreaterThan(0);
      for (const connection of [writer, health.connection])
        connection.pragma('max_page_count = 1000000');
      expect(await store.checkHealth()).toBeNull();
      await append(store, 'aud_after');
      const rows = writer.prepare('select count(*) from audit_event').pluck().get();
      expect(rows).toBe(502 - failed.length);
    });

    test('its log is bounded, whoever has read from it for long', async () => {
      const store = await freshStore();
      const { writer } = parts(store);
      expect(LOG_LIMIT).toBeLessThanOrEqual(64 * 1024 * 1024);
      expect(writer.pragma('journal_size_limit', { simple: true })).toBe(LOG_LIMIT);
      const log = `${pathOf(store.databaseUrl)}-wal`;
      const reader = new Sqlite(pathOf(store.databaseUrl));
      onTestFinished(() => void reader.close());
      reader.exec('begin; select * from audit_event');
      writer.exec('create table filler (content blob)');
      const fill = writer.prepare('insert into filler values (zeroblob(1000000))');
      for (let times = 0; times < 24; times += 1) fill.run();
      const grown = statSync(log).size;
      expect(grown).toBeGreaterThan(20 * 1024 * 1024);
      // As long as somebody reads from it, nothing can be done.
      expect(await trimLog(store)).toBe(grown);
      reader.exec('commit');
      expect(await trimLog(store)).toBe(0);
      expect(await store.checkHealth()).toBeNull();
    });

    test('a store that was closed is not ready', async () => {
      const { databaseUrl } = await freshStore();
      const store = await openStore(databaseUrl);
      await store.close();
      expect(await store.checkHealth()).toBe('failing');
    });
  });

if (dialect === 'postgres')
  test('a PostgreSQL that only reads, or is gone, is noticed', async () => {
    const { databaseUrl } = await freshStore();
    const readOnly = await openStore(
      `${databaseUrl}?options=${encodeURIComponent('-c default_transaction_read_only=on')}`,
    );
    onTestFinished(() => readOnly.close());
    const found = await readOnly.checkHealth();
    const store = await openStore(databaseUrl);
    await store.close();
    expect([found, await store.checkHealth()]).toEqual(['read_only', 'failing']);
  });
