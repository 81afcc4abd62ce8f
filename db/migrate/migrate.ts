import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import {
  AFTER_MIGRATION,
  backfillOnPostgres,
  backfillOnSqlite,
} from '#db/migrate/backfill-audit-chain.ts';
import { dialectOf } from '#db/dialect/dialect.ts';
import type { Dialect } from '#db/dialect/dialect.ts';
import { connectionOptions, firstAnswer } from '#db/postgres.ts';
import { buildDeferredIndexes } from '#db/upsert/deferred-indexes.ts';
import { connect } from '#db/sqlite-connection.ts';
import type { Connection } from '#db/sqlite-connection.ts';

export interface MigrateOptions {
  /** Leaves indexes unbuilt that a killed load has dropped, for the load that now goes on with it. */
  keepPostponed?: boolean;
  /** Where the migrations are, if not where the program keeps them. */
  folder?: string;
}

interface Migration {
  tag: string;
  statements: string[];
}

const BREAK = '--> statement-breakpoint';
const KEPT = `create table if not exists schema_migration (
  tag text primary key not null, applied_at text not null)`;
/** Any number that no other program locks. */
const LOCK = 7_301_942_117;

const folderOf = (dialect: Dialect): string =>
  fileURLToPath(new URL(`../migrations/${dialect}`, import.meta.url));

const migrationsIn = (folder: string): Migration[] => {
  // Written by drizzle-kit, in this form.
  const journal = JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8')) as {
    entries: { tag: string }[];
  };
  return journal.entries.map(({ tag }) => ({
    tag,
    statements: readFileSync(`${folder}/${tag}.sql`, 'utf8')
      .split(BREAK)
      .map((statement) => statement.trim())
      .filter(Boolean),
  }));
};

/** The names of the migrations that this program knows. */
export const migrationTags = (dialect: Dialect): string[] =>
  migrationsIn(folderOf(dialect)).map(({ tag }) => tag);

const hasPostponed = (connection: Connection): boolean =>
  connection
    .prepare("select 1 from sqlite_schema where type = 'table' and name = 'postponed_index'")
    .get() !== undefined;

const migrateSqlite = (
  databaseUrl: string,
  { keepPostponed = false, folder = folderOf('sqlite') }: MigrateOptions,
): string[] => {
  const connection = connect(databaseUrl);
  try {
    if (!keepPostponed && hasPostponed(connection)) buildDeferredIndexes(connection);
    connection.exec('begin immediate');
    connection.exec(KEPT);
    const done = new Set(connection.prepare('select tag from schema_migration').pluck().all());
    const todo = migrationsIn(folder).filter(({ tag }) => !done.has(tag));
    for (const { tag, statements } of todo) {
      for (const statement of statements) connection.exec(statement);
      if (tag === AFTER_MIGRATION) backfillOnSqlite(connection);
      connection
        .prepare('insert into schema_migration values (?, ?)')
        .run(tag, new Date().toISOString());
    }
    connection.exec('commit');
    return todo.map(({ tag }) => tag);
  } finally {
    // Rolls back what a throw has left unfinished.
    connection.close();
  }
};

const migratePostgres = async (
  databaseUrl: string,
  { folder = folderOf('postgres') }: MigrateOptions,
): Promise<string[]> => {
  const client = new pg.Client({
    ...connectionOptions(databaseUrl),
    statement_timeout: 0,
    lock_timeout: 0,
  });
  await firstAnswer(client.connect());
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await client.query(KEPT);
    const { rows } = await client.query<{ tag: string }>('select tag from schema_migration');
    const done = new Set(rows.map(({ tag }) => tag));
    const todo = migrationsIn(folder).filter(({ tag }) => !done.has(tag));
    for (const { tag, statements } of todo) {
      for (const statement of statements) await client.query(statement);
      if (tag === AFTER_MIGRATION) await backfillOnPostgres(client);
      await client.query('insert into schema_migration values ($1, $2)', [
        tag,
        new Date().toISOString(),
      ]);
    }
    await client.query('commit');
    return todo.map(({ tag }) => tag);
  } finally {
    await client.end();
  }
};

/**
 * Brings a database to the schema of this program and returns the migrations it has applied. All of
 * them in one transaction under a lock: two processes may run it at once, and a kill leaves the
 * database as it was.
 */
export const migrate = async (
  databaseUrl: string,
  options: MigrateOptions = {},
): Promise<string[]> =>
  dialectOf(databaseUrl) === 'sqlite'
    ? migrateSqlite(databaseUrl, options)
    : migratePostgres(databaseUrl, options);
