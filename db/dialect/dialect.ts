/**
 * Which database the program runs on. Decided once, when this module is loaded, because the table
 * definitions themselves differ: tests and scripts set `DATABASE_URL` before anything is imported.
 */
export type Dialect = 'sqlite' | 'postgres';

const DEFAULT_DATABASE_URL = 'file:./data/redress.db';

const isPostgres = (databaseUrl: string): boolean => /^postgres(ql)?:\/\//.test(databaseUrl);

/** `file:…` is SQLite, `postgres://…` or `postgresql://…` is PostgreSQL; throws on anything else. */
export const dialectOf = (databaseUrl: string): Dialect => {
  if (isPostgres(databaseUrl)) return 'postgres';
  if (databaseUrl.startsWith('file:')) return 'sqlite';
  throw new Error('DATABASE_URL must start with file: or postgres://');
};

/** The database of the environment; the default where the variable is unset or empty. */
export const databaseUrl = (): string => process.env['DATABASE_URL'] || DEFAULT_DATABASE_URL;

/** Throws nothing while modules load: whoever opens a wrong address is told then. */
export const dialect: Dialect = isPostgres(databaseUrl()) ? 'postgres' : 'sqlite';
