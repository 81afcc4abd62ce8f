import { randomUUID } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { dialect } from '#db/dialect/dialect.ts';
import { openStore } from '#db/store.ts';
import type { Store } from '#db/store-types.ts';
const sqliteDatabase = (): string => {
  const folder = inject('sqliteFolder');
  const path = join(folder, `${randomUUID()}.db`);
  // Migrating has closed the template, which moved its write-ahead log into the file.
  copyFileSync(join(folder, 'template.db'), path);
  return `file:${path}`;
};

const postgresDatabase = async (): Promise<string> => {
  const server = inject('postgresUrl');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(`create database ${name} template template_redress strategy file_copy`);
  await client.end();
  return `${server}/${name}`;
};

/** The URL of a migrated, empty database of its own. */
export const freshDatabase = async (): Promise<string> =>
  dialect === 'sqlite' ? sqliteDatabase() : postgresDatabase();

/** A store on a migrated, empty database of its own; closed when the test that asked for it ends. */
export const freshStore = async (): Promise<Store & { databaseUrl: string }> => {
  const databaseUrl = await freshDatabase();
  const store = await openStore(databaseUrl, { poolSize: 4 });
  onTestFinished(() => store.close());
  return Object.assign(store, { databaseUrl });
};
