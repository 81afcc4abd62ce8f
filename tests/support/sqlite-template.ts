import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** SQLite: the folder that holds `template.db`; test databases are copied into it. */
    sqliteFolder: string;
    /** PostgreSQL: the server, without a database name. */
    postgresUrl: string;
  }
}

/** One migrated file; each test copies it. */
export default async function setUp(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'redress-sqlite-'));
  process.env['DATABASE_URL'] = `file:${join(folder, 'template.db')}`;
  const { migrate } = await import('#db/migrate/migrate.ts');
  await migrate(`file:${join(folder, 'template.db')}`);
  project.provide('sqliteFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
