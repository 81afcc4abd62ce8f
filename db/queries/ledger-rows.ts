import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Instant } from '#app/domain/instant.ts';
import { hotQuery } from '#db/hot-query.ts';
import { generation, ledgerEntry, member, payment } from '#db/schema/book.ts';
import type { Read } from '#db/select-types.ts';
import { slot } from '#db/slot.ts';

/** A place in the order (occurredAt, sequence, id). */
export type LedgerPlace = {
  at: Instant;
  sequence: number;
  id: string;
};
/** Rows from `place` (not included) on, until the instant `limitAt` (included) on that side. */
export type LedgerStretch = LedgerPlace & { customerId: string; limitAt: Instant; most: number };

const order = sql`(${ledgerEntry.occurredAt}, ${ledgerEntry.sequence}, ${ledgerEntry.id})`;
const place = sql`(${slot('at', ledgerEntry.occurredAt)}, ${slot('sequence', ledgerEntry.sequence)}, ${slot('id', ledgerEntry.id)})`;
const ofCustomer = eq(ledgerEntry.customerId, slot('customerId', ledgerEntry.customerId));
const until = slot('limitAt', ledgerEntry.occurredAt);

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
export const olderEntries = hotQuery<LedgerStretch, StoredLedgerRow>((read) =>
  rowsOf(read)
    .where(and(ofCustomer, sql`${order} < ${place}`, sql`${ledgerEntry.occurredAt} >= ${until}`))
    .orderBy(desc(ledgerEntry.occurredAt), desc(ledgerEntry.sequence), desc(ledgerEntry.id))
    .limit(sql.placeholder('most')),
);

/** The rows after `place`, oldest first. */
export const newerEntries = hotQuery<LedgerStretch, StoredLedgerRow>((read) =>
  rowsOf(read)
    .where(and(ofCustomer, sql`${order} > ${place}`, sql`${ledgerEntry.occurredAt} <= ${until}`))
    .orderBy(asc(ledgerEntry.occurredAt), asc(ledgerEntry.sequence), asc(ledgerEntry.id))
    .limit(sql.placeholder('most')),
);

/** One entry, as the pages show it. */
export const entryById = hotQuery<{ customerId: string; id: string }, StoredLedgerRow>((read) =>
  rowsOf(read)
    .where(and(ofCustomer, eq(ledgerEntry.id, slot('id', ledgerEntry.id))))
    .limit(1),
);

/** How many entries lie after `place` up to and including `limitAt`, and their credits' sum. */
export const sumOfNewer = hotQuery<
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
export const firstEntry = hotQuery<
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
