import type Sqlite from 'better-sqlite3';

const MOST = 500;

/**
 * The one part of a better-sqlite3 connection that Drizzle may see. Compiled statements are kept, which
 * saves a third of a page's database time; `transaction` is missing, because Drizzle's runs an async
 * body without waiting for it and commits early.
 */
export class StatementCache {
  readonly #connection: Sqlite.Database;
  readonly #allowed: () => boolean;
  readonly #statements = new Map<string, Sqlite.Statement>();

  constructor(connection: Sqlite.Database, allowed: () => boolean = () => true) {
    this.#connection = connection;
    this.#allowed = allowed;
  }

  prepare(sql: string): Sqlite.Statement {
    if (!this.#allowed()) throw new Error('a statement of a write ran after the write had ended');
    const kept = this.#statements.get(sql);
    if (kept) return kept;
    const statement = this.#connection.prepare(sql);
    if (this.#statements.size >= MOST) {
      const oldest = this.#statements.keys().next();
      if (!oldest.done) this.#statements.delete(oldest.value);
    }
    this.#statements.set(sql, statement);
    return statement;
  }
}
