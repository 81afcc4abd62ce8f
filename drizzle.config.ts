import { defineConfig } from 'drizzle-kit';

/** One schema, two folders: `DATABASE_URL` says for which of them to generate. */
const postgres = process.env['DATABASE_URL']?.startsWith('postgres') ?? false;

export default defineConfig({
  schema: './db/schema/*.ts',
  out: postgres ? './db/migrations/postgres' : './db/migrations/sqlite',
  dialect: postgres ? 'postgresql' : 'sqlite',
});
