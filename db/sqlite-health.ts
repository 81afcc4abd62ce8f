import { statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, pathOf } from '#db/sqlite-connection.ts';
import type { Connection } from '#db/sqlite-connection.ts';
import { storageErrorOf } from '#db/storage-error.ts';
import type { StorageError } from '#db/storage-error.ts';

/** Milliseconds for which another may hold the file: a write of this console, a group of an import. */
const PATIENCE = 2_000;
const OWNER_WRITES = 0o200;

/**
 * Finds out whether a database can be read and written, on a connection of its own: a write that waits
 * for its turn, or a file that another process holds, is waited for without holding anything else up.
 */
export class SqliteHealth {
  readonly connection: Connection;
  readonly #path: string;
  readonly #file: { dev: number; ino: number };

  constructor(databaseUrl: string) {
    this.connection = connect(databaseUrl, { mustExist: true });
    // Waiting is done here, where other work goes on.
    this.connection.pragma('busy_timeout = 0');
    this.#path = pathOf(databaseUrl);
    this.#file = statSync(this.#path);
  }

  /** Null: it can be worked with. */
  async check(): Promise<StorageError | null> {
    const until = performance.now() + PATIENCE;
    for (;;) {
      const trouble = this.#fileTrouble() ?? this.#writePage();
      if (trouble !== 'locked' || performance.now() > until) return trouble;
      await wait(25);
    }
  }

  /** What an open connection does not notice: it goes on with a file that nobody can find any more. */
  #fileTrouble(): StorageError | null {
    const found = statSync(this.#path, { throwIfNoEntry: false });
    if (found?.ino !== this.#file.ino || found.dev !== this.#file.dev) return 'moved';
    return (found.mode & OWNER_WRITES) === 0 ? 'read_only' : null;
  }

  /** Takes a new page and gives it back, and writes the first one as it is. */
  #writePage(): StorageError | null {
    const { connection } = this;
    try {
      connection.exec('begin immediate; savepoint page');
      connection.exec('create table page_of_health (content); rollback to page');
      const version = Number(connection.pragma('user_version', { simple: true }));
      connection.pragma(`user_version = ${version}`);
      connection.exec('commit');
      return null;
    } catch (error) {
      if (connection.open && connection.inTransaction) connection.exec('rollback');
      return storageErrorOf(error) ?? 'failing';
    }
  }
}
