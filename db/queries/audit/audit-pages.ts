import { asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { ChainedEvent } from '#app/domain/audit/chain.ts';
import { chunks } from '#db/chunks.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import { auditEvent, auditSubject } from '#db/schema/audit.ts';
import { param } from '#db/param.ts';
import type { Read } from '#db/store.ts';
import { decodeJson } from '#db/dialect/text-encoding.ts';

const rowsAfter = preparedQuery<{ after: number; most: number }, StoredRow>((read) =>
  read
    .select({
      seq: auditEvent.seq,
      id: auditEvent.id,
      at: auditEvent.at,
      kind: auditEvent.kind,
      actorId: auditEvent.actorId,
      customerId: auditEvent.customerId,
      subject: auditEvent.subject,
      ticket: auditEvent.ticket,
      requestId: auditEvent.requestId,
      // As stored: what somebody has tampered with may be no JSON any more.
      detail: sql<unknown>`${auditEvent.detail}`,
      token: auditEvent.token,
      sealed: auditEvent.sealed,
      prevHash: auditEvent.prevHash,
      hash: auditEvent.hash,
      salt: sql<string | null>`${auditSubject.salt}`,
    })
    .from(auditEvent)
    .leftJoin(auditSubject, eq(auditSubject.token, auditEvent.token))
    .where(gt(auditEvent.seq, param('after', auditEvent.seq)))
    .orderBy(asc(auditEvent.seq))
    .limit(sql.placeholder('most')),
);

/** With the salt of the customer's facts; null where it says nothing of one, or the customer was erased. */
export type SaltedEvent = ChainedEvent & { salt: string | null };
type StoredRow = Omit<SaltedEvent, 'detail'> & { detail: unknown };

const withDetail = (row: StoredRow): SaltedEvent => ({
  ...row,
  // The cast: what else it may be gives another hash.
  detail: row.detail === null ? null : (decodeJson(row.detail) as ChainedEvent['detail']),
});

const PAGE = 2_000;

/**
 * Every row of the audit log after a number, to the last, a page at a time in memory. A row that cannot be read, because
 * somebody has made something else of it, is given as the number it should have.
 */
export async function* auditRows(read: Read, start: number): AsyncGenerator<SaltedEvent | number> {
  let after = start;
  let most = PAGE;
  for (;;) {
    let rows: SaltedEvent[];
    try {
      rows = (await rowsAfter(read, { after, most })).map(withDetail);
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
      if (most === 1) return yield after + 1;
      // One by one from here, to find the row.
      most = 1;
      continue;
    }
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

/** The hashes of rows by their number; rows that are not there are left out. */
export const auditHashes = async (
  read: Read,
  seqs: readonly number[],
): Promise<Map<number, string>> => {
  const found = new Map<number, string>();
  for (const chunk of chunks(seqs)) {
    const rows = await read
      .select({ seq: auditEvent.seq, hash: auditEvent.hash })
      .from(auditEvent)
      .where(inArray(auditEvent.seq, chunk));
    for (const { seq, hash } of rows) found.set(seq, hash);
  }
  return found;
};
