import { and, asc, desc, eq, gte, inArray, isNull, not, or, sql } from 'drizzle-orm';
import type { SQLWrapper } from 'drizzle-orm';
import type { Restoration } from '#app/domain/restore/restoration.ts';
import type { Instant } from '#app/lib/instant.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import type { NoValues } from '#db/prepared-query.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { auditEvent } from '#db/schema/audit.ts';
import { watermark } from '#db/schema/book.ts';
import { mail } from '#db/schema/mail.ts';
import { operation, request } from '#db/schema/requests.ts';
import { restoration } from '#db/schema/restoration.ts';
import { session } from '#db/schema/staff.ts';
import type { Read, Tx } from '#db/store.ts';

export const insertRestoration = async (tx: Tx, row: Restoration): Promise<void> => {
  await tx.insert(restoration).values(row).returning({ id: restoration.id });
};

/** The last time that the database was put back, by the restores' order; null: it never was. */
export const latestRestoration = async (read: Read): Promise<Restoration | null> => {
  const rows = await read
    .select()
    .from(restoration)
    .orderBy(desc(restoration.at), desc(restoration.id))
    .limit(1);
  return rows[0] ?? null;
};

/** Asked before everything that is sent. */
const openOnes = preparedQuery<NoValues, { id: string; at: Instant }>((read) =>
  read
    .select({ id: restoration.id, at: restoration.at })
    .from(restoration)
    .where(isNull(restoration.confirmedAt))
    .limit(1),
);

/** Since when nothing is sent, because nobody has confirmed a restore; null: sending goes on. */
export const heldSince = async (read: Read): Promise<Instant | null> =>
  (await openOnes(read, {}))[0]?.at ?? null;

/** Compare-and-set: false where a person has confirmed it meanwhile. */
export const changeRestoration = async (
  tx: Tx,
  id: string,
  change: Partial<
    Pick<Restoration, 'forgotten' | 'comparedAt' | 'confirmedAt' | 'confirmedBy' | 'note'>
  >,
): Promise<boolean> => {
  const rows = await tx
    .update(restoration)
    .set(change)
    .where(and(eq(restoration.id, id), isNull(restoration.confirmedAt)))
    .returning({ id: restoration.id });
  return rows.length > 0;
};

/** Confirms every restore that is open: a copy taken during a hold brings an earlier one back. */
export const confirmRestorations = async (
  tx: Tx,
  change: Pick<Restoration, 'confirmedAt' | 'confirmedBy' | 'note'>,
): Promise<void> => {
  await tx
    .update(restoration)
    .set(change)
    .where(isNull(restoration.confirmedAt))
    .returning({ id: restoration.id });
};

/** Whether a text begins with another, whatever letters either has. */
const startsWith = (text: SQLWrapper, beginning: string) =>
  sql`substr(${text}, 1, ${beginning.length}) = ${beginning}`;

interface MailOf {
  requestId: string;
  /** Letters that name no step count as its own. */
  operationId: string;
}

/**
 * Letters that are not at their end, all or those of one step, wait for a person from now on, and may have
 * left before; answers which. Those that waited for a person already keep why.
 */
export const setMailAside = async (
  tx: Tx,
  { at, why, of }: { at: Instant; why: string; of?: MailOf },
): Promise<{ id: string; requestId: string; customerId: string; createdAt: Instant }[]> => {
  const now = sql`${sql.param(at, mail.heldAt)}`;
  return tx
    .update(mail)
    .set({
      heldAt: sql`coalesce(${mail.heldAt}, ${now})`,
      heldReason: sql`case when ${mail.heldAt} is null then ${why}
        when ${startsWith(mail.heldReason, why)} then ${mail.heldReason}
        else ${`${why} `} || ${mail.heldReason} end`,
      leftAt: sql`coalesce(${mail.leftAt}, ${now})`,
      ...{ error: why, leaseOwner: null, leaseUntil: null },
    })
    .where(
      and(
        ...[isNull(mail.sentAt), isNull(mail.closedAt)],
        of && or(isNull(mail.heldAt), not(startsWith(mail.heldReason, why))),
        of && eq(mail.requestId, of.requestId),
        of && or(isNull(mail.operationId), eq(mail.operationId, of.operationId)),
      ),
    )
    .returning({
      id: mail.id,
      requestId: mail.requestId,
      customerId: mail.customerId,
      createdAt: mail.createdAt,
    });
};

/** Ends every session: one that was signed out of since would live again. */
export const endAllSessions = async (tx: Tx): Promise<void> => {
  await tx.delete(session).where(gte(session.createdAt, 0)).returning({ id: session.idHash });
};

const OPEN_STATES = ['requested', 'sent_back', 'approved', 'sending', 'needs_review'] as const;

/** Requests that may still come to something: open ones, and those of which credits are still due. */
export const unfinishedRequests = async (read: Read): Promise<StoredRequest[]> =>
  read
    .select()
    .from(request)
    .where(
      or(
        inArray(request.state, [...OPEN_STATES]),
        inArray(
          request.id,
          read
            .select({ id: operation.requestId })
            .from(operation)
            .where(
              and(
                eq(operation.kind, 'credit_adjustment'),
                inArray(operation.state, ['waiting', 'ready', 'sending', 'needs_review']),
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(request.id));

/** When the last row of the audit log was written; null: there is none. */
export const lastAuditAt = async (read: Read): Promise<Instant | null> => {
  const rows = await read
    .select({ at: auditEvent.at })
    .from(auditEvent)
    .orderBy(desc(auditEvent.seq))
    .limit(1);
  return rows[0]?.at ?? null;
};

/** How far the ledger is known to be complete; null: nothing says so. */
export const ledgerThrough = async (read: Read): Promise<Instant | null> => {
  const rows = await read
    .select({ through: watermark.through })
    .from(watermark)
    .where(eq(watermark.id, 'ledger'));
  return rows[0]?.through ?? null;
};
