import pg from 'pg';
import { dialect } from '#db/dialect/dialect.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { connect } from '#db/sqlite-connection.ts';
import type { Store } from '#db/store-types.ts';
/** A connection of an intruder's: SQL as it is given, `?` for a value. */
export interface Intruder {
  run(sql: string, ...values: (string | number | null)[]): Promise<void>;
  rows(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

const onSqlite = (databaseUrl: string): Intruder => {
  const connection = connect(databaseUrl);
  return {
    run: async (sql, ...values) => void connection.prepare(sql).run(...values),
    // The cast: rows of better-sqlite3 are objects.
    rows: async (sql) => connection.prepare(sql).all() as Record<string, unknown>[],
    close: async () => void connection.close(),
  };
};

const onPostgres = async (databaseUrl: string): Promise<Intruder> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return {
    run: async (sql, ...values) => {
      let place = 0;
      await client.query(
        sql.replace(/\?/g, () => `$${(place += 1)}`),
        values,
      );
    },
    rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    close: () => client.end(),
  };
};

/** Somebody with the database's own rights, past the program. */
export const intrude = async (databaseUrl: string): Promise<Intruder> =>
  dialect === 'sqlite' ? onSqlite(databaseUrl) : onPostgres(databaseUrl);

const TRIGGERS = {
  sqlite: ['audit_event_no_update', 'audit_event_no_delete', 'audit_event_in_order'],
  postgres: [
    'audit_event_no_change',
    'audit_event_no_update',
    'audit_event_no_delete',
    'audit_event_in_order',
  ],
};
export const GUARDS = TRIGGERS[dialect];

export const dropGuard = (intruder: Intruder, name: string): Promise<void> =>
  intruder.run(`drop trigger ${name}${dialect === 'sqlite' ? '' : ' on audit_event'}`);

/** Takes all protection away, as whoever tampers must. */
export const dropGuards = async (intruder: Intruder): Promise<void> => {
  for (const name of GUARDS) await dropGuard(intruder, name);
};

/** Appends rows such as the console writes, `count` of them. */
export const fillLog = async (store: Store, count: number, from = 0): Promise<void> => {
  for (let i = from; i < from + count; i += 1) {
    const row = {
      id: `aud_${String(i).padStart(6, '0')}`,
      at: Date.parse('2026-05-03T09:00:00Z') + i * 61_000,
      kind: i % 3 === 0 ? 'customer.viewed' : 'flag.dismissed',
      actorId: `stf_${i % 4}`,
      customerId: `cus_${i % 7}`,
      subject: i % 3 === 0 ? null : `flag:flg_${i}`,
      ticket: i % 2 === 0 ? `ZD-${i}` : null,
      requestId: `req-${i}`,
      detail: i % 3 === 0 ? null : { reason: `Checked by hand, case ${i}`, credits: i * 7 },
    };
    await store.write((tx) => appendAudit(tx, row));
  }
};
