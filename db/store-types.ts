import type { Dialect } from '#db/dialect/dialect.ts';
import type { Read, Tx } from '#db/select-types.ts';
import type { StorageError } from '#db/storage-error.ts';
export interface Store {
  readonly dialect: Dialect;
  /** Selects only; never sees what an unfinished write has done. */
  readonly read: Read;
  /**
   * Runs `body` as one serializable transaction and returns what it returned; a throw rolls back and is
   * thrown on. On PostgreSQL the body runs again after a conflict, so it must have no effect outside
   * `tx`. It may neither nest nor wait for anything but the database.
   */
  write<T>(body: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads and writes a page; answers what stands in the way, within seconds. Null: nothing does. */
  checkHealth(): Promise<StorageError | null>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** PostgreSQL: connections at once, for reads and for writes each. */
  poolSize?: number;
  /** Also opens a database whose audit log has lost its protection: to find out about it. */
  unguarded?: boolean;
}
