import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { dialect } from '#db/dialect/dialect.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { connect } from '#db/sqlite-connection.ts';
import { bookHash } from '#tests/support/book-content.ts';
import { freshStore } from '#tests/support/fresh-store.ts';
import { openStore } from '#db/store.ts';

/** A database with nothing in it. */
const emptyDatabase = async (): Promise<string> => {
  if (dialect === 'sqlite') return `file:${join(inject('sqliteFolder'), `${randomUUID()}.db`)}`;
  const server = inject('postgresUrl');
  const name = `e_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return `${server}/${name}`;
};

const tables = async (databaseUrl: string): Promise<string[]> => {
  if (dialect === 'sqlite') {
    const connection = connect(databaseUrl);
    const names = connection
      .prepare("select name from sqlite_schema where type in ('table', 'index', 'trigger')")
      .pluck()
      .all();
    connection.close();
    return names.map(String).sort();
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace`,
  );
  await client.end();
  return rows.map(({ name }) => name).sort();
};

test('migrating again does nothing', async () => {
  const url = await emptyDatabase();
  expect((await migrate(url)).length).toBeGreaterThan(1);
  const before = await tables(url);
  expect(await migrate(url)).toEqual([]);
  expect(await tables(url)).toEqual(before);
});

test('four at once apply each migration once', async () => {
  const url = await emptyDatabase();
  const applied = await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)]);
  expect(applied.filter((tags) => tags.length > 0)).toHaveLength(1);
  const store = await openStore(url);
  expect(await bookHash(store.read)).toBe(await bookHash((await freshStore()).read));
  await store.close();
});

test('one that is cut off at any statement leaves the database as it was', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(`db/migrations/${dialect}`, folder, { recursive: true });
  const file = join(folder, '0000_book.sql');
  const statements = readFileSync(file, 'utf8').split('--> statement-breakpoint');
  const url = await emptyDatabase();
  for (let cut = 0; cut < statements.length; cut += 7) {
    const broken = [...statements.slice(0, cut), 'this is no sql'];
    writeFileSync(file, broken.join('--> statement-breakpoint'));
    await expect(migrate(url, { folder })).rejects.toThrow('syntax error');
    expect(await tables(url)).toEqual([]);
  }
  expect((await migrate(url)).length).toBeGreaterThan(1);
});
