import { setTimeout as wait } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { hasLostRace, isSqlState, isUniqueViolation } from '#db/errors.ts';
import type { Read, Tx } from '#db/select-types.ts';
import { checkPostgres } from '#db/postgres-health.ts';
import type { Store, StoreOptions } from '#db/store-types.ts';
import { fromTimestamp } from '#db/dialect/instant-encoding.ts';
import { assertNotWriting, runAsWrite } from '#db/write-scope.ts';
/** Many enough that even the server's false alarms, which see conflicts where none are, do not use them up. */
const TRIES = 12;
/** Milliseconds: the longest pause before one of them. */
const LONGEST_PAUSE = 300;
/** Milliseconds between two looks at who waits for a connection, at the end. */
const QUEUE_LOOK = 10;

/** Instants and integers come out of the driver as numbers: decoded once, where the text is read. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format: 'text' | 'binary') => {
    if (id === pg.types.builtins.TIMESTAMPTZ) return fromTimestamp;
    if (id === pg.types.builtins.INT8) return Number;
    return pg.types.getTypeParser(id, format);
    // The declared type is a set of overloads that no single function satisfies.
  }) as pg.CustomTypesConfig['getTypeParser'],
};

export const connectionOptions = (databaseUrl: string): pg.PoolConfig => ({
  connectionString: databaseUrl,
  types,
  application_name: 'redress',
  options: '-c timezone=UTC -c datestyle=ISO -c extra_float_digits=1',
  statement_timeout: 10_000,
  lock_timeout: 3_000,
  idle_in_transaction_session_timeout: 15_000,
  connectionTimeoutMillis: 10_000,
});

/** What the server says to the first thing that is asked of it; where it says no, which setting that is. */
export const firstAnswer = async <T>(asked: Promise<T>): Promise<T> => {
  try {
    return await asked;
  } catch (error) {
    throw new Error(`DATABASE_URL: PostgreSQL cannot be used: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
};

/** Where a name has several addresses, each of them has its own reason and they together have none. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join('; ');
  return error instanceof Error ? error.message : String(error);
}

export interface PostgresParts {
  reads: pg.Pool;
  writes: pg.Pool;
  /** The connection that a write runs on; undefined on a store and its `read`. */
  client?: pg.PoolClient;
  /** Set by the write that appends to the audit log: what it may lose a race for. */
  attempt?: Attempt;
}

/** One run of a write's body. */
interface Attempt {
  /** Waits for its turn at the audit log before it looks at anything, so that it cannot lose again. */
  inTurn: boolean;
  appends: boolean;
  /** Another had the audit log when this one came to append. */
  wasTaken: boolean;
}

const parts = new WeakMap<object, PostgresParts>();

/** The pool of a store or its `read`, or the connection of a `tx`; undefined where it is SQLite's. */
export const postgresParts = (of: object): PostgresParts | undefined => parts.get(of);

const readOnly = (db: Tx): Read => ({
  select: db.select.bind(db),
  selectDistinct: db.selectDistinct.bind(db),
});

/** The connection as long as its write runs: later it is another's, or has no transaction open. */
const whileOpen = (client: pg.PoolClient, isOpen: () => boolean): pg.PoolClient =>
  new Proxy(client, {
    get: (target, key) => {
      if (!isOpen()) throw new Error('a statement of a write ran after the write had ended');
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

const txOn = (client: pg.PoolClient, pools: PostgresParts, attempt: Attempt): Tx => {
  const db = drizzle({ client });
  const tx: Tx = {
    // Its own narrow type leaves out what the two databases do not share.
    ...readOnly(db as unknown as Tx),
    insert: db.insert.bind(db),
    update: db.update.bind(db),
    delete: db.delete.bind(db),
  };
  parts.set(tx, { ...pools, client, attempt });
  return tx;
};

const BEGIN = 'begin isolation level serializable';
/**
 * The turn at the audit log is the lock of another table: one row that nothing changes. The log itself is
 * vacuumed, analyzed and indexed, and nobody should wait for that.
 */
const TAKE_TURN = 'lock table deployment in exclusive mode';
/** A lock is no query: what the transaction sees is settled after it has been waited for. */
const BEGIN_IN_TURN = `${BEGIN}; ${TAKE_TURN}`;

/**
 * Takes the audit log for this write, to its end. A write that has begun without it may hold rows for which
 * whoever has the log waits: it does not wait for them in turn, but loses, and comes again with nothing held.
 */
export const lockAuditLog = async (tx: Tx): Promise<void> => {
  const { client, attempt } = parts.get(tx) ?? {};
  if (!client || !attempt || attempt.appends) return;
  attempt.appends = true;
  if (attempt.inTurn) return;
  try {
    await client.query(`${TAKE_TURN} nowait`);
  } catch (error) {
    attempt.wasTaken = isSqlState(error, ['55P03']);
    throw error;
  }
};

const runOnce = async <T>(
  pools: PostgresParts,
  body: (tx: Tx) => Promise<T>,
  attempt: Attempt,
): Promise<T> => {
  const client = await pools.writes.connect();
  let open = true;
  let broken: Error | undefined;
  try {
    await client.query(attempt.inTurn ? BEGIN_IN_TURN : BEGIN);
    const tx = txOn(
      whileOpen(client, () => open),
      pools,
      attempt,
    );
    const result = await runAsWrite(() => body(tx));
    open = false;
    await client.query('commit');
    return result;
  } catch (error) {
    open = false;
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    // A connection that cannot even roll back is thrown away.
    client.release(broken);
  }
};

/**
 * Lost against another write: among them one that has appended to the audit log after this one began, and
 * so has its place in it, or has said the first word about a customer.
 */
const isConflict = (error: unknown): boolean =>
  hasLostRace(error) ||
  isUniqueViolation(error, 'audit_event') ||
  isUniqueViolation(error, 'audit_subject');

/** Whoever waits for a connection gets one first: a pool that ends would leave them waiting. */
const endPool = async (pool: pg.Pool): Promise<void> => {
  while (pool.waitingCount > 0 && !pool.ending) await wait(QUEUE_LOOK);
  if (!pool.ending) await pool.end();
};

export const openPostgresStore = async (
  databaseUrl: string,
  { poolSize = 8 }: StoreOptions,
): Promise<Store> => {
  const options = { ...connectionOptions(databaseUrl), max: poolSize };
  const writes = new pg.Pool(options);
  const reads = new pg.Pool({
    ...options,
    options: `${options.options} -c default_transaction_read_only=on`,
  });
  // An idle connection that the server cuts is replaced at the next use; without a listener it would
  // end the process.
  for (const pool of [writes, reads]) pool.on('error', () => undefined);
  await firstAnswer(reads.query('select 1'));
  const pools: PostgresParts = { reads, writes };
  const read = readOnly(drizzle({ client: reads }) as unknown as Tx);

  const store: Store = {
    dialect: 'postgres',
    read,
    write: async (body) => {
      assertNotWriting('a write');
      const attempt: Attempt = { inTurn: false, appends: false, wasTaken: false };
      for (let tries = 1; ; tries += 1) {
        attempt.wasTaken = false;
        try {
          return await runOnce(pools, body, attempt);
        } catch (error) {
          if (tries >= TRIES || !(attempt.wasTaken || isConflict(error))) throw error;
          // Whoever appends to the audit log queues up at once; everybody else steps aside for a while, and
          // queues up when that was not enough: they may have lost before they came to append.
          if (!attempt.inTurn && (attempt.appends || tries > 1)) attempt.inTurn = true;
          else await wait(Math.random() * Math.min(LONGEST_PAUSE, 20 * 2 ** tries));
        }
      }
    },
    checkHealth: () => checkPostgres(writes),
    close: async () => {
      await Promise.all([reads, writes].map(endPool));
    },
  };
  parts.set(store, pools);
  parts.set(read, pools);
  return store;
};
