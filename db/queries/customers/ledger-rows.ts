import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import { generation, ledgerEntry, member, payment } from '#db/schema/book.ts';
import type { Read } from '#db/select-types.ts';
import { param } from '#db/param.ts';

/** A place in the order (occurredAt, sequence, id). */
type LedgerPosition = {
  at: Instant;
  sequence: number;
  id: string;
};
/** Rows from `place` (not included) on, until the instant `limitAt` (included) on that side. */
export type LedgerStretch = LedgerPosition & { customerId: string; limitAt: Instant; most: number };

const order = sql`(${ledgerEntry.occurredAt}, ${ledgerEntry.sequence}, ${ledgerEntry.id})`;
const place = sql`(${param('at', ledgerEntry.occurredAt)}, ${param('sequence', ledgerEntry.sequence)}, ${param('id', ledgerEntry.id)})`;
const ofCustomer = eq(ledgerEntry.customerId, param('customerId', ledgerEntry.customerId));
const until = param('limitAt', ledgerEntry.occurredAt);

const fields = {
  id: ledgerEntry.id,
  at: ledgerEntry.occurredAt,
  sequence: ledgerEntry.sequence,
  kind: ledgerEntry.kind,
  credits: ledgerEntry.credits,
  memberId: ledgerEntry.memberId,
  memberName: member.name,
  paymentId: ledgerEntry.paymentId,
  generationId: ledgerEntry.generationId,
  note: ledgerEntry.note,
  /** Null where this customer's book has no such record. */
  paymentSeen: payment.id,
  generationSeen: generation.id,
};

const rowsOf = (read: Read) =>
  read
    .select(fields)
    .from(ledgerEntry)
    .leftJoin(
      member,
      and(eq(member.id, ledgerEntry.memberId), eq(member.customerId, ledgerEntry.customerId)),
    )
    .leftJoin(
      payment,
      and(eq(payment.id, ledgerEntry.paymentId), eq(payment.customerId, ledgerEntry.customerId)),
    )
    .leftJoin(
      generation,
      and(
        eq(generation.id, ledgerEntry.generationId),
        eq(generation.customerId, ledgerEntry.customerId),
      ),
    );

export type StoredLedgerRow = Awaited<ReturnType<typeof rowsOf>>[number];

/** The rows before `place`, newest first. */
export const olderEntries = preparedQuery<LedgerStretch, StoredLedgerRow>((read) =>
  rowsOf(read)
    .where(and(ofCustomer, sql`${order} < ${place}`, sql`${ledgerEntry.occurredAt} >= ${until}`))
    .orderBy(desc(ledgerEntry.occurredAt), desc(ledgerEntry.sequence), desc(ledgerEntry.id))
    .limit(sql.placeholder('most')),
);

/** The rows after `place`, oldest first. */
export const newerEntries = preparedQuery<LedgerStretch, StoredLedgerRow>((read) =>
  rowsOf(read)
    .where(and(ofCustomer, sql`${order} > ${place}`, sql`${ledgerEntry.occurredAt} <= ${until}`))
    .orderBy(asc(ledgerEntry.occurredAt), asc(ledgerEntry.sequence), asc(ledgerEntry.id))
    .limit(sql.placeholder('most')),
);

/** One entry, as the pages show it. */
export const entryById = preparedQuery<{ customerId: string; id: string }, StoredLedgerRow>(
  (read) =>
    rowsOf(read)
      .where(and(ofCustomer, eq(ledgerEntry.id, param('id', ledgerEntry.id))))
      .limit(1),
);

/** How many entries lie after `place` up to and including `limitAt`, and their credits' sum. */
export const sumOfNewer = preparedQuery<
  Omit<LedgerStretch, 'most'>,
  { entries: number; credits: number }
>((read) =>
  read
    .select({
      entries: sql`count(*)`.mapWith(Number).as('entries'),
      credits: sql`coalesce(sum(${ledgerEntry.credits}), 0)`.mapWith(Number).as('credits'),
    })
    .from(ledgerEntry)
    .where(and(ofCustomer, sql`${order} > ${place}`, sql`${ledgerEntry.occurredAt} <= ${until}`)),
);

/** The first entry ever: the opening balance is what it leaves out. */
export const firstEntry = preparedQuery<
  { customerId: string },
  { credits: number; balanceAfter: number | null }
>((read) =>
  read
    .select({ credits: ledgerEntry.credits, balanceAfter: ledgerEntry.balanceAfter })
    .from(ledgerEntry)
    .where(ofCustomer)
    .orderBy(asc(ledgerEntry.occurredAt), asc(ledgerEntry.sequence), asc(ledgerEntry.id))
    .limit(1),
);
