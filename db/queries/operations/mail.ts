import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';
import type { CustomerMail } from '#app/domain/mail/customer-mail.ts';
import type { Instant } from '#app/lib/instant.ts';
import { mail } from '#db/schema/mail.ts';
import type { Read, Tx } from '#db/store.ts';

const NOT_YET = {
  ...{ address: '', subject: '', body: '', leftAt: null, sentAt: null, attempts: 0 },
  ...{ leaseOwner: null, leaseUntil: null, error: null, heldAt: null, heldReason: null },
  ...{ releasedAt: null, releasedBy: null, closedAt: null, closedReason: null, closedBy: null },
} satisfies Partial<CustomerMail>;

export type NewMail = Omit<CustomerMail, keyof typeof NOT_YET>;

/**
 * Puts a letter into the outbox; answers false where the request has told of this already. Two writes
 * cannot both put it there.
 */
export const insertMail = async (tx: Tx, row: NewMail): Promise<boolean> => {
  const rows = await tx
    .insert(mail)
    .values({ ...NOT_YET, ...row })
    .onConflictDoNothing({ target: [mail.requestId, mail.kind] })
    .returning({ id: mail.id });
  return rows.length > 0;
};

export const findMail = async (read: Read, id: string): Promise<CustomerMail | null> =>
  (await read.select().from(mail).where(eq(mail.id, id)))[0] ?? null;

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

/** Letters that wait for a person. */
export const isHeld = () => and(isNotNull(mail.heldAt), isNull(mail.closedAt), isNull(mail.sentAt));

/** Why a letter of each of these requests waits for a person, for those of which one does. */
export const heldReasons = async (
  read: Read,
  requestIds: readonly string[],
): Promise<Map<string, string>> => {
  const rows = await read
    .select({ requestId: mail.requestId, why: mail.heldReason })
    .from(mail)
    .where(isHeld())
    .orderBy(desc(mail.heldAt));
  const wanted = new Set(requestIds);
  return new Map(
    rows.flatMap(({ requestId, why }) => (wanted.has(requestId) ? [[requestId, why ?? '']] : [])),
  );
};

/** Letters whose turn it is, longest first: those that wait for a person are looked at again too. */
export const dueMail = async (read: Read, now: Instant, most: number): Promise<CustomerMail[]> =>
  read
    .select()
    .from(mail)
    .where(
      and(
        isNull(mail.sentAt),
        isNull(mail.closedAt),
        lte(mail.nextTryAt, now),
        or(isNull(mail.leaseUntil), lte(mail.leaseUntil, now)),
      ),
    )
    .orderBy(asc(mail.nextTryAt), asc(mail.id))
    .limit(most);

/** Compare-and-set on what the outbox showed: the letter where this sender has it now, else null. */
export const claimMail = async (
  tx: Tx,
  due: CustomerMail,
  lease: { owner: string; until: Instant },
): Promise<CustomerMail | null> => {
  const sameLease =
    due.leaseUntil === null ? isNull(mail.leaseUntil) : eq(mail.leaseUntil, due.leaseUntil);
  const rows = await tx
    .update(mail)
    .set({ leaseOwner: lease.owner, leaseUntil: lease.until, attempts: due.attempts + 1 })
    .where(
      and(
        ...[eq(mail.id, due.id), eq(mail.attempts, due.attempts), isNull(mail.sentAt)],
        ...[isNull(mail.closedAt), sameLease],
      ),
    )
    .returning();
  return rows[0] ?? null;
};

/** Held by this owner, in this try. */
const heldBy = ({ id, attempts }: Pick<CustomerMail, 'id' | 'attempts'>, owner: string) =>
  and(eq(mail.id, id), eq(mail.attempts, attempts), eq(mail.leaseOwner, owner));

/** Keeps what is about to leave, and from when on it may have arrived. False: the lease was lost. */
export const recordEmail = async (
  tx: Tx,
  held: CustomerMail,
  text: Pick<CustomerMail, 'address' | 'subject' | 'body'> & {
    owner: string;
    at: Instant;
    until: Instant;
  },
): Promise<boolean> => {
  const { owner, at, until, ...letter } = text;
  const rows = await tx
    .update(mail)
    .set({ ...letter, leftAt: at, leaseUntil: until })
    .where(and(heldBy(held, owner), gt(mail.leaseUntil, at), isNull(mail.sentAt)))
    .returning({ id: mail.id });
  return rows.length > 0;
};

/** What became of a look at a letter: sent, to be tried again, for a person, or not to be sent. */
export type MailChange = Partial<
  Pick<
    CustomerMail,
    | ('sentAt' | 'leftAt' | 'nextTryAt' | 'error' | 'heldAt' | 'heldReason')
    | ('closedAt' | 'closedReason')
  >
>;

/** Writes it, and lets go of the letter; null: the lease was lost, and nothing happens. */
export const updateMail = async (
  tx: Tx,
  mailId: string,
  owner: string,
  change: MailChange,
): Promise<CustomerMail | null> => {
  const rows = await tx
    .update(mail)
    .set({ error: null, ...change, leaseOwner: null, leaseUntil: null })
    .where(and(eq(mail.id, mailId), eq(mail.leaseOwner, owner), isNull(mail.sentAt)))
    .returning();
  return rows[0] ?? null;
};

/** Compare-and-set on a letter that waits for a person, as that person saw it; null: it has changed. */
export const answerHeldMail = async (
  tx: Tx,
  seen: Pick<CustomerMail, 'id'> & { heldAt: Instant },
  change: Partial<
    Pick<
      CustomerMail,
      | ('heldAt' | 'heldReason' | 'nextTryAt' | 'releasedAt' | 'releasedBy' | 'error')
      | ('closedAt' | 'closedReason' | 'closedBy')
    >
  >,
): Promise<CustomerMail | null> => {
  const rows = await tx
    .update(mail)
    .set({ ...change, leaseOwner: null, leaseUntil: null })
    .where(
      and(
        ...[eq(mail.id, seen.id), eq(mail.heldAt, seen.heldAt)],
        ...[isNull(mail.sentAt), isNull(mail.closedAt)],
      ),
    )
    .returning();
  return rows[0] ?? null;
};
