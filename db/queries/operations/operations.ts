import { and, asc, eq, gt, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Operation, OperationKind } from '#app/domain/operations/operation.ts';
import type { Instant } from '#app/lib/instant.ts';
import { chunks } from '#db/chunks.ts';
import { fastAll, preparedQuery } from '#db/prepared-query.ts';
import { isUnendedRefund, operation } from '#db/schema/requests.ts';
import { param } from '#db/param.ts';
import type { Read, Tx } from '#db/store.ts';

/** What may change; the version goes up by itself. */
export type OperationChange = Partial<
  Pick<
    Operation,
    | 'state'
    | 'idempotencyKey'
    | 'attempt'
    | 'firstSentAt'
    | 'lastSentAt'
    | 'nextTryAt'
    | 'leaseOwner'
    | 'leaseUntil'
    | 'emptyReadBacks'
    | 'lastReadBackAt'
    | 'externalId'
    | 'externalStatus'
    | 'externalReason'
    | 'bankReference'
    | 'error'
    | 'outcome'
  >
> & { changedAt: Instant };

export const insertOperations = async (tx: Tx, rows: readonly Operation[]): Promise<void> => {
  for (const chunk of chunks(rows)) {
    await tx.insert(operation).values(chunk).returning({ id: operation.id });
  }
};

const stepWithId = preparedQuery<{ id: string }, Operation>((read) =>
  read
    .select()
    .from(operation)
    .where(eq(operation.id, param('id', operation.id))),
);

export const findOperation = async (read: Read, id: string): Promise<Operation | null> =>
  (await stepWithId(read, { id }))[0] ?? null;

export const operationsByIds = async (read: Read, ids: readonly string[]): Promise<Operation[]> => {
  const found: Operation[] = [];
  for (const chunk of chunks(ids))
    found.push(...(await read.select().from(operation).where(inArray(operation.id, chunk))));
  return found;
};

/** The steps of requests, in their order. */
export const operationsOf = async (
  read: Read,
  requestIds: readonly string[],
): Promise<Operation[]> => {
  const found: Operation[] = [];
  for (const chunk of chunks(requestIds)) {
    const steps = read
      .select()
      .from(operation)
      .where(inArray(operation.requestId, chunk))
      .orderBy(asc(operation.requestId), asc(operation.ordinal));
    found.push(...(await fastAll(read, steps)));
  }
  return found;
};

/** The step whose outcome is this refund or ledger entry; null: none of ours. */
export const operationByExternalId = async (
  read: Read,
  kind: OperationKind,
  externalId: string,
): Promise<Operation | null> => (await stepThatMade(read, { kind, externalId }))[0] ?? null;

const stepThatMade = preparedQuery<{ kind: OperationKind; externalId: string }, Operation>((read) =>
  read
    .select()
    .from(operation)
    .where(
      and(
        eq(operation.kind, param('kind', operation.kind)),
        eq(operation.externalId, param('externalId', operation.externalId)),
      ),
    ),
);

/** Every step that concerns a payment, by any of its names, oldest first. */
export const operationsOnPayment = (read: Read, names: readonly string[]): Promise<Operation[]> =>
  fastAll(
    read,
    read
      .select()
      .from(operation)
      .where(inArray(operation.paymentId, [...names]))
      .orderBy(asc(operation.id)),
  );

/**
 * Refunds that Stripe has taken and not ended, under whatever word: to be asked about again. Longest
 * unasked first.
 */
export const openRefundOperations = async (read: Read, most: number): Promise<Operation[]> =>
  read
    .select()
    .from(operation)
    .where(
      and(isUnendedRefund(operation.kind, operation.externalStatus), ne(operation.state, 'failed')),
    )
    .orderBy(asc(operation.changedAt), asc(operation.id))
    .limit(most);

/**
 * Steps that somebody must see to now: ready ones, and those being sent whose sender has let go of them
 * or died. Longest due first.
 */
export const dueOperations = (read: Read, now: Instant, most: number): Promise<Operation[]> =>
  dueAt(read, { now, most });

const dueAt = preparedQuery<{ now: Instant; most: number }, Operation>((read) =>
  read
    .select()
    .from(operation)
    .where(
      and(
        inArray(operation.state, ['ready', 'sending']),
        lte(operation.nextTryAt, param('now', operation.nextTryAt)),
        or(
          isNull(operation.leaseUntil),
          lte(operation.leaseUntil, param('now', operation.leaseUntil)),
        ),
      ),
    )
    .orderBy(asc(operation.nextTryAt), asc(operation.id))
    .limit(sql.placeholder('most')),
);

/** Open steps with an instant that lies further ahead than `latest`, or a lease or wait than its own bound. */
export const operationsAhead = (
  read: Read,
  { latest, lease, wait }: { latest: Instant; lease: Instant; wait: Instant },
): Promise<Operation[]> => aheadOf(read, { latest, lease, wait });

const aheadOf = preparedQuery<{ latest: Instant; lease: Instant; wait: Instant }, Operation>(
  (read) =>
    read
      .select()
      .from(operation)
      .where(
        and(
          inArray(operation.state, ['ready', 'sending']),
          or(
            gt(operation.nextTryAt, param('wait', operation.nextTryAt)),
            gt(operation.leaseUntil, param('lease', operation.leaseUntil)),
            gt(operation.lastSentAt, param('latest', operation.lastSentAt)),
            and(
              eq(operation.state, 'ready'),
              isNull(operation.firstSentAt),
              isNull(operation.leaseUntil),
              isNull(operation.error),
              gt(operation.nextTryAt, param('latest', operation.nextTryAt)),
            ),
          ),
        ),
      ),
);

/**
 * Compare-and-set: the step as it is now, or null where it no longer has the version that `before` was
 * read with.
 */
export const changeOperation = async (
  tx: Tx,
  before: Pick<Operation, 'id' | 'version'>,
  change: OperationChange,
): Promise<Operation | null> => {
  const rows = await tx
    .update(operation)
    .set({ ...change, version: before.version + 1 })
    .where(and(eq(operation.id, before.id), eq(operation.version, before.version)))
    .returning();
  return rows[0] ?? null;
};
