import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { storageErrorOf } from '#db/storage-error.ts';
import type { StorageError } from '#db/storage-error.ts';

/** Milliseconds: a connection that is not free by then, or a server that says nothing, is no help to anybody. */
const PATIENCE = 2_000;

/** A transaction of its own number is one that the server writes down; a standby refuses it. */
const WRITE = `select pg_current_xact_id(), current_setting('transaction_read_only') as read_only`;

const write = async (writes: pg.Pool): Promise<StorageError | null> => {
  try {
    const { rows } = await writes.query<{ read_only: string }>(WRITE);
    return rows[0]?.read_only === 'off' ? null : 'read_only';
  } catch (error) {
    return storageErrorOf(error) ?? 'failing';
  }
};

/** Whether the server takes writes; null: it does. */
export const checkPostgres = async (writes: pg.Pool): Promise<StorageError | null> => {
  const enough = new AbortController();
  const late = wait(PATIENCE, 'failing' as const, { signal: enough.signal }).catch(() => null);
  const found = await Promise.race([write(writes), late]);
  enough.abort();
  return found;
};
