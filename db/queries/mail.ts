import { and, asc, eq, inArray, isNull, lte, or } from 'drizzle-orm';
import type { CustomerMail } from '#app/domain/requests/customer-mail.ts';
import type { Instant } from '#app/domain/instant.ts';
import { mail } from '#db/schema/requests.ts';
import type { Read, Tx } from '#db/store.ts';

/**
 * Puts a mail into the outbox; answers false where the request has told of this already. Two writes
 * cannot both put it there.
 */
export const insertMail = async (tx: Tx, row: CustomerMail): Promise<boolean> => {
  const rows = await tx
    .insert(mail)
    .values(row)
    .onConflictDoNothing({ target: [mail.requestId, mail.kind] })
    .returning({ id: mail.id });
  return rows.length > 0;
};

/** What customers were told of a request, oldest first. */
export const mailsOfRequest = async (read: Read, requestId: string): Promise<CustomerMail[]> =>
  read
    .select()
    .from(mail)
    .where(eq(mail.requestId, requestId))
    .orderBy(asc(mail.createdAt), asc(mail.id));

/** The same of several requests. */
export const mailsOfRequests = async (
  read: Read,
  requestIds: readonly string[],
): Promise<CustomerMail[]> =>
  read
    .select()
    .from(mail)
    .where(inArray(mail.requestId, [...requestIds]))
    .orderBy(asc(mail.createdAt), asc(mail.id));

/** Mail that waits to be sent, longest first. */
export const dueMail = async (read: Read, now: Instant, most: number): Promise<CustomerMail[]> =>
  read
    .select()
    .from(mail)
    .where(
      and(
        isNull(mail.sentAt),
        lte(mail.nextTryAt, now),
        or(isNull(mail.leaseUntil), lte(mail.leaseUntil, now)),
      ),
    )
    .orderBy(asc(mail.nextTryAt), asc(mail.id))
    .limit(most);

/** Compare-and-set on what the outbox showed: whether this sender has the mail now. */
export const claimMail = async (
  tx: Tx,
  due: CustomerMail,
  lease: { owner: string; until: Instant },
): Promise<boolean> => {
  const sameLease =
    due.leaseUntil === null ? isNull(mail.leaseUntil) : eq(mail.leaseUntil, due.leaseUntil);
  const rows = await tx
    .update(mail)
    .set({ leaseOwner: lease.owner, leaseUntil: lease.until, attempts: due.attempts + 1 })
    .where(
      and(eq(mail.id, due.id), eq(mail.attempts, due.attempts), isNull(mail.sentAt), sameLease),
    )
    .returning({ id: mail.id });
  return rows.length > 0;
};

/** What became of a try: sent, or to be tried again. Nothing happens where the lease was lost. */
export const settleMail = async (
  tx: Tx,
  mailId: string,
  owner: string,
  result: { sentAt: Instant } | { nextTryAt: Instant; error: string },
): Promise<boolean> => {
  const rows = await tx
    .update(mail)
    .set({ error: null, ...result, leaseOwner: null, leaseUntil: null })
    .where(and(eq(mail.id, mailId), eq(mail.leaseOwner, owner), isNull(mail.sentAt)))
    .returning({ id: mail.id });
  return rows.length > 0;
};
