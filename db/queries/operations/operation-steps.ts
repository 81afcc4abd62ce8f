import { and, eq, inArray, isNotNull, ne } from 'drizzle-orm';
import type { Operation } from '#app/domain/operations/operation.ts';
import type { Instant } from '#app/lib/instant.ts';
import { changeOperation, findOperation } from '#db/queries/operations/operations.ts';
import type { OperationChange } from '#db/queries/operations/operations.ts';
import { operation } from '#db/schema/requests.ts';
import type { Tx } from '#db/store.ts';

/*
 * What a sender does with a step, each a compare-and-set that answers null where somebody else was
 * first.
 */

/** Who holds a step, and until when nobody else may touch it. */
export interface Lease {
  owner: string;
  until: Instant;
}

/**
 * Takes a due step to send it, or to find out what became of it. Null where another sender has it, or
 * where another refund of the same payment is being sent: they go one after another.
 */
export const claimOperation = async (
  tx: Tx,
  due: Operation,
  lease: Lease,
  now: Instant,
): Promise<Operation | null> => {
  if (due.state !== 'ready' && due.state !== 'sending') return null;
  if (due.leaseUntil !== null && due.leaseUntil > now) return null;
  if (due.kind === 'stripe_refund' && (await otherSends(tx, due)) > 0) return null;
  return changeOperation(tx, due, {
    state: 'sending',
    leaseOwner: lease.owner,
    leaseUntil: lease.until,
    changedAt: now,
  });
};

const otherSends = async (tx: Tx, { id, paymentId }: Operation): Promise<number> => {
  if (paymentId === null) return 0;
  const rows = await tx
    .select({ id: operation.id })
    .from(operation)
    .where(
      and(
        eq(operation.paymentId, paymentId),
        eq(operation.kind, 'stripe_refund'),
        eq(operation.state, 'sending'),
        ne(operation.id, id),
      ),
    );
  return rows.length;
};

/** Before the first byte of a send leaves: when, and under which key. */
export const recordSend = async (
  tx: Tx,
  held: Operation,
  send: { attempt: number; idempotencyKey: string; at: Instant; leaseUntil: Instant },
): Promise<Operation | null> =>
  changeOperation(tx, held, {
    attempt: send.attempt,
    idempotencyKey: send.idempotencyKey,
    // A new attempt is a new first send; a repetition keeps the first.
    firstSentAt: send.attempt === held.attempt ? (held.firstSentAt ?? send.at) : send.at,
    lastSentAt: send.at,
    leaseUntil: send.leaseUntil,
    // Of one refusal after the other it is counted how often: it must not go on for ever.
    emptyReadBacks: held.outcome === 'contradicted' ? held.emptyReadBacks + 1 : 0,
    lastReadBackAt: null,
    changedAt: send.at,
  });

/** Lets go of a step that this owner holds still; whatever is known of it stands in its row. */
export const releaseOperation = async (
  tx: Tx,
  id: string,
  { owner, at }: { owner: string; at: Instant },
): Promise<void> => {
  const step = await findOperation(tx, id);
  if (step?.leaseOwner !== owner) return;
  await changeOperation(tx, step, { leaseOwner: null, leaseUntil: null, changedAt: at });
};

/** The outside was asked and knows of nothing; to be asked again at `nextTryAt`. Lets go of the step. */
export const recordEmptyReadBack = async (
  tx: Tx,
  held: Operation,
  { at, nextTryAt, error }: { at: Instant; nextTryAt: Instant; error: string | null },
): Promise<Operation | null> =>
  changeOperation(tx, held, {
    emptyReadBacks: held.emptyReadBacks + 1,
    lastReadBackAt: at,
    nextTryAt,
    error,
    leaseOwner: null,
    leaseUntil: null,
    changedAt: at,
  });

/** Nothing is known yet, or nothing could be asked: lets go of the step until `nextTryAt`. */
export const postponeOperation = async (
  tx: Tx,
  held: Operation,
  { at, ...postponed }: Pick<OperationChange, 'nextTryAt' | 'error' | 'outcome'> & { at: Instant },
): Promise<Operation | null> =>
  changeOperation(tx, held, {
    ...postponed,
    leaseOwner: null,
    leaseUntil: null,
    changedAt: at,
  });

/**
 * Takes back the steps of a request that has been changed, withdrawn or sent back. Answers false, and
 * changes nothing, where one of them has been taken up by a sender.
 */
export const cancelOperations = async (
  tx: Tx,
  requestId: string,
  { at, why }: { at: Instant; why: string },
): Promise<boolean> => {
  const mine = eq(operation.requestId, requestId);
  const begun = await tx
    .select({ id: operation.id })
    .from(operation)
    .where(and(mine, inArray(operation.state, ['sending', 'succeeded', 'needs_review'])));
  const sent = await tx
    .select({ id: operation.id })
    .from(operation)
    .where(
      and(mine, inArray(operation.state, ['ready', 'waiting']), isNotNull(operation.firstSentAt)),
    );
  if (begun.length + sent.length > 0) return false;
  const open = await tx
    .select()
    .from(operation)
    .where(and(mine, inArray(operation.state, ['ready', 'waiting'])));
  for (const step of open) {
    await changeOperation(tx, step, { state: 'canceled', error: why, changedAt: at });
  }
  return true;
};
