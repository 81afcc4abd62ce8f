import { and, eq, gt, inArray, lt, ne, notExists, notInArray, or, sql } from 'drizzle-orm';
import { RESERVING_STATES } from '#app/domain/requests/request.ts';
import type { RequestedAmount } from '#app/domain/policy/approval-limits.ts';
import type { Instant } from '#app/lib/instant.ts';
import { fastAll, preparedQuery } from '#db/prepared-query.ts';
import { operation, request } from '#db/schema/requests.ts';
import { ledgerEntry, refund } from '#db/schema/book.ts';
import { param } from '#db/param.ts';
import type { Read } from '#db/store.ts';

/** Part of a charge that is spoken for: asked for and not yet counted as refunded. */
export interface Reservation {
  requestId: string;
  /** Minor units. */
  amount: number;
}

const UNCOUNTED = ['rejected', 'withdrawn', 'expired'] as const;

/**
 * Refunds of a payment that are open and whose money the book does not show as refunded yet. One whose
 * refund is done and only waits for another step is in the book already.
 * @param names every name that the book may have for the payment.
 * @param exceptId a request that does not stand in its own way.
 */
export const reservationsOn = async (
  read: Read,
  names: readonly string[],
  exceptId: string | null,
): Promise<Reservation[]> => {
  const done = read
    .select({ id: operation.id })
    .from(operation)
    .where(
      and(
        eq(operation.requestId, request.id),
        eq(operation.kind, 'stripe_refund'),
        eq(operation.state, 'succeeded'),
      ),
    );
  const reserving = read
    .select({ requestId: request.id, amount: request.amount })
    .from(request)
    .where(
      and(
        inArray(request.paymentId, [...names]),
        eq(request.kind, 'refund'),
        inArray(request.state, [...RESERVING_STATES]),
        exceptId === null ? undefined : ne(request.id, exceptId),
        notExists(done),
      ),
    );
  const rows = await fastAll(read, reserving);
  return rows.map(({ requestId, amount }) => ({ requestId, amount: amount ?? 0 }));
};

/**
 * Money asked for or approved after `since`, for this customer or by this person. What was approved
 * lately counts from its approval: old requests decided together are one sum too.
 */
export const moneyRequestedSince = async (
  read: Read,
  by: { customerId: string; requestedBy: string; since: Instant; exceptId: string | null },
): Promise<RequestedAmount[]> => {
  const asked = read
    .select({
      customerId: request.customerId,
      requestedBy: request.requestedBy,
      requestedAt: request.requestedAt,
      approvedAt: request.approvedAt,
      amount: request.amount,
      currency: request.currency,
    })
    .from(request)
    .where(
      and(
        or(eq(request.customerId, by.customerId), eq(request.requestedBy, by.requestedBy)),
        eq(request.kind, 'refund'),
        or(gt(request.requestedAt, by.since), gt(request.approvedAt, by.since)),
        notInArray(request.state, [...UNCOUNTED]),
        by.exceptId === null ? undefined : ne(request.id, by.exceptId),
      ),
    );
  const rows = await fastAll(read, asked);
  return rows.map(({ approvedAt, amount, currency, ...one }) => ({
    ...one,
    requestedAt: Math.max(one.requestedAt, approvedAt ?? 0),
    // A check of the table holds refunds to both.
    amount: amount ?? 0,
    currency: currency ?? '',
  }));
};

/**
 * Credits, whatever their sign, that were asked for or approved for a customer after `since` on one
 * person's word: old requests that are changed now count from now.
 */
export const creditsAloneSince = async (
  read: Read,
  by: { customerId: string; since: Instant; exceptId: string | null },
): Promise<number> => {
  const rows = await read
    .select({ credits: sql`coalesce(sum(abs(${request.credits})), 0)`.mapWith(Number) })
    .from(request)
    .where(
      and(
        eq(request.customerId, by.customerId),
        eq(request.kind, 'credit_adjustment'),
        eq(request.neededApprovals, 0),
        or(gt(request.requestedAt, by.since), gt(request.approvedAt, by.since)),
        notInArray(request.state, [...UNCOUNTED]),
        by.exceptId === null ? undefined : ne(request.id, by.exceptId),
      ),
    );
  return rows[0]?.credits ?? 0;
};

/**
 * Credits, above 0, that steps of other requests are about to take from a customer, or may have taken:
 * the ledger does not show them yet.
 */
export const creditsBeingClawedBack = async (
  read: Read,
  by: { customerId: string; exceptId: string | null },
): Promise<number> => {
  const rows = await read
    .select({ credits: sql`coalesce(sum(${operation.credits}), 0)`.mapWith(Number) })
    .from(operation)
    .innerJoin(request, eq(request.id, operation.requestId))
    .where(
      and(
        eq(request.customerId, by.customerId),
        eq(operation.kind, 'credit_adjustment'),
        lt(operation.credits, 0),
        inArray(operation.state, ['waiting', 'ready', 'sending', 'needs_review']),
        by.exceptId === null ? undefined : ne(request.id, by.exceptId),
      ),
    );
  return -(rows[0]?.credits ?? 0);
};

/** Every refund of a payment, by any of its names, that the book knows. */
export const refundsInBook = async (read: Read, names: readonly string[]) =>
  read
    .select({
      id: refund.id,
      amount: refund.amount,
      status: refund.status,
      createdAt: refund.createdAt,
    })
    .from(refund)
    .where(inArray(refund.paymentId, [...names]));

/** Every entry of the ledger that names a payment. */
export const creditsInBook = (read: Read, customerId: string, paymentId: string) =>
  entriesNaming(read, { customerId, paymentId });

type Brought = Pick<typeof ledgerEntry.$inferSelect, 'id' | 'kind' | 'credits' | 'occurredAt'>;
const entriesNaming = preparedQuery<{ customerId: string; paymentId: string }, Brought>((read) =>
  read
    .select({
      id: ledgerEntry.id,
      kind: ledgerEntry.kind,
      credits: ledgerEntry.credits,
      occurredAt: ledgerEntry.occurredAt,
    })
    .from(ledgerEntry)
    .where(
      and(
        eq(ledgerEntry.paymentId, param('paymentId', ledgerEntry.paymentId)),
        eq(ledgerEntry.customerId, param('customerId', ledgerEntry.customerId)),
      ),
    ),
);

/** The ledger's entries that refunds of a payment have made: credits taken, and those given back again. */
export const entriesOfRefunds = async (read: Read, paymentId: string): Promise<Set<string>> => {
  const rows = await read
    .select({ externalId: operation.externalId })
    .from(operation)
    .innerJoin(request, eq(request.id, operation.requestId))
    .where(
      and(
        eq(operation.paymentId, paymentId),
        eq(operation.kind, 'credit_adjustment'),
        eq(request.kind, 'refund'),
      ),
    );
  return new Set(rows.flatMap(({ externalId }) => externalId ?? []));
};
