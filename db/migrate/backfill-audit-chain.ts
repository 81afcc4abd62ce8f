import type pg from 'pg';
import { EMPTY_CHAIN } from '#app/domain/audit/chain.ts';
import type { AuditEvent, ChainEnd } from '#app/domain/audit/chain.ts';
import type { Instant } from '#app/lib/instant.ts';
import { hashOf } from '#db/audit-hash.ts';
import type { Connection } from '#db/sqlite-connection.ts';
import { decodeText, decodeJson } from '#db/dialect/text-encoding.ts';

/*
 * Part of the migration `audit_chain`: rows written before the log was a chain become its beginning, in
 * the order in which they were written. No SQL of both databases can hash them.
 */
export const AFTER_MIGRATION = '0004_audit_chain';

/** A row as it was stored before there was a chain. */
interface OldRow {
  id: string;
  at: Instant;
  kind: string;
  actor_id: string | null;
  customer_id: string | null;
  subject: string | null;
  ticket: string | null;
  request_id: string | null;
  detail: unknown;
}

const text = (stored: string | null): string | null =>
  stored === null ? null : decodeText(stored);

const eventOf = (row: OldRow, seq: number): AuditEvent => ({
  seq,
  id: decodeText(row.id),
  at: row.at,
  kind: decodeText(row.kind),
  actorId: text(row.actor_id),
  customerId: text(row.customer_id),
  subject: text(row.subject),
  ticket: text(row.ticket),
  requestId: text(row.request_id),
  // The cast: nothing else was ever stored there.
  detail: row.detail === null ? null : (decodeJson(row.detail) as AuditEvent['detail']),
  ...{ token: null, sealed: null },
});

const chained = (row: OldRow, before: ChainEnd): ChainEnd => {
  const seq = before.seq + 1;
  return { seq, hash: hashOf(before.hash, eventOf(row, seq)) };
};

const COPIED = 'id, at, kind, actor_id, customer_id, subject, ticket, request_id, detail';

export const backfillOnSqlite = (connection: Connection): void => {
  const insert = connection.prepare(
    `insert into audit_event (seq, prev_hash, hash, ${COPIED})
     select ?, ?, ?, ${COPIED} from audit_event_unchained where id = ?`,
  );
  let end = EMPTY_CHAIN;
  const old = connection.prepare('select * from audit_event_unchained order by at, id');
  // The cast: the table's columns. All at once: a cursor may not stay open beside the inserts.
  for (const row of old.all() as OldRow[]) {
    const next = chained(row, end);
    insert.run(next.seq, end.hash, next.hash, row.id);
    end = next;
  }
};

export const backfillOnPostgres = async (client: pg.Client): Promise<void> => {
  let end = EMPTY_CHAIN;
  const { rows } = await client.query<OldRow>(
    'select * from audit_event_unchained order by at, id',
  );
  for (const row of rows) {
    const next = chained(row, end);
    await client.query(
      `insert into audit_event (seq, prev_hash, hash, ${COPIED})
       select $1, $2, $3, ${COPIED} from audit_event_unchained where id = $4`,
      [next.seq, end.hash, next.hash, row.id],
    );
    end = next;
  }
};
