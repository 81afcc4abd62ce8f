import {
  LATEST_START,
  READ_LEASE,
  SEND_LEASE,
  afterAbsent,
  afterUnreadable,
  idempotencyKeyOf,
  nextAction,
  waitUntil,
  LONGEST_READ,
} from '#app/domain/operations/operation.ts';
import type { AfterAbsent, Operation } from '#app/domain/operations/operation.ts';
import { MINUTE } from '#app/lib/instant.ts';
import { NO_PRODUCT } from '#app/domain/remedies/product-guard.ts';
import { failedBy, reviewFor } from '#app/domain/operations/outcome.ts';
import { retryLater, reviewOf } from '#app/services/operations/retry-or-review.ts';
import { executeOperation, readBack } from '#app/services/operations/execute-operation.ts';
import { toRefundResult } from '#app/services/operations/refund-result.ts';
import { preflightRefund } from '#app/services/operations/preflight-refund.ts';
import { preflightCredits } from '#app/services/operations/preflight-other-remedies.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { createDeadline } from '#app/lib/deadline.ts';
import type { Within } from '#app/lib/deadline.ts';
import { recordOutcome, tryRecordOutcome } from '#app/services/operations/record-outcome.ts';
import {
  claimOperation as claimRow,
  postponeOperation,
  recordEmptyReadBack,
  recordSend,
  releaseOperation,
} from '#db/queries/operations/operation-steps.ts';
import { heldSince, latestRestoration } from '#db/queries/deployment/restorations.ts';
import type { RequestState } from '#app/domain/requests/request.ts';
import { transitionRequest } from '#app/services/requests/lifecycle/transition-request.ts';
import { isUniqueViolation } from '#db/errors.ts';
import { changeOperation } from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import type { Tx } from '#db/store.ts';
/**
 * Takes one due step as far as it goes now. Every point where the process may end leaves a row from
 * which any process goes on; no write is open while something outside is waited for.
 */
export const processOperation = async (deps: RemedyDeps, due: Operation): Promise<void> => {
  const move = nextAction(due, deps.now());
  if (move.kind !== 'send' && move.kind !== 'read_back') return;
  await deps.point('due');
  if (due.kind !== 'stripe_refund' && !deps.productApi.isSet) return waitForProduct(deps, due);
  const held = await claimOperation(deps, due);
  await deps.point('claimed');
  if (!held) return;
  const turn: Lease = { deps, held, inTime: createDeadline(LONGEST_READ) };
  try {
    if (move.kind === 'send') await send(turn, held.attempt);
    else await readBackOperation(turn);
  } catch (error) {
    // The database did not take it: the next look need not wait until the lease ends, unless it is away.
    await releaseLease(turn).catch(() => undefined);
    throw error;
  }
};

/** Nothing is claimed, so that nothing looks as if it were being sent. */
async function waitForProduct(deps: RemedyDeps, due: Operation): Promise<void> {
  const at = deps.now();
  const error = `${NO_PRODUCT}. It waits until it is.`;
  await deps.store.write((tx) => postponeOperation(tx, due, { at, nextTryAt: at + MINUTE, error }));
}

const releaseLease = ({ deps, held }: Lease): Promise<void> =>
  deps.store.write(async (tx) => {
    await releaseOperation(tx, held.id, { owner: deps.owner, at: deps.now() });
    await deps.point('letting-go');
  });

/** A step that this process holds. */
interface Lease {
  deps: RemedyDeps;
  held: Operation;
  /** For all that is read while it is held. */
  inTime: Within;
}

/** Sends a step that has not happened, unless what must hold no longer does. */
async function send({ deps, held, inTime }: Lease, attempt: number): Promise<void> {
  if (held.kind === 'stripe_refund') {
    const live = await inTime(preflightRefund(deps, held));
    await deps.point('checked-live');
    if (live.kind === 'made') {
      await tryRecordOutcome(deps, held, toRefundResult(held, live.refund));
      return;
    }
    if (live.kind === 'unreadable') return postpone(deps, held, live.words);
    if (live.kind === 'contradicted') return retryLater(deps, held, live.words);
    if (live.kind === 'obstacle') return failOrEscalate(deps, held, live.words);
    if (live.kind === 'unclear')
      return void (await recordOutcome(deps, held, reviewFor(live.words)));
  }
  if (held.kind === 'credit_adjustment' && (await wasRestored(deps))) {
    const found = await inTime(readBack(deps, held));
    if (found.kind === 'found') return void (await tryRecordOutcome(deps, held, found.value));
    if (found.kind === 'unreadable') return postpone(deps, held, found.words);
  }
  if (held.kind === 'credit_adjustment') {
    const others = await inTime(preflightCredits(deps, held));
    await deps.point('checked-others');
    if (others.kind === 'unreadable') return postpone(deps, held, others.words);
    if (others.kind === 'obstacle') return failOrEscalate(deps, held, others.words);
  }
  const idempotencyKey = idempotencyKeyOf(held.kind, held.id, attempt);
  let begun = performance.now();
  const sent = await deps.store.write(async (tx) => {
    const at = deps.now();
    begun = performance.now();
    // What was seen is too old to act on, though nobody may have taken the step up since.
    if (held.leaseUntil !== null && held.leaseUntil <= at) return null;
    if ((await heldSince(tx)) !== null) return null;
    const leaseUntil = at + SEND_LEASE;
    const recorded = await recordSend(tx, held, { attempt, idempotencyKey, at, leaseUntil });
    await deps.point('recording-send');
    return recorded;
  });
  await deps.point('send-recorded');
  // Another has taken it up meanwhile, or may now: whoever does looks first.
  if (!sent) return;
  // So late that others would look for it, and send it again, while it is under way: they do so soon. Also where
  // the clock was set back meanwhile.
  if (deps.now() - (sent.lastSentAt ?? 0) > LATEST_START) return;
  if (performance.now() - begun > LATEST_START) return;
  const tried = await executeOperation(deps, sent);
  await deps.point('answered');
  await tryRecordOutcome(deps, sent, tried);
}

/** The product may have booked what this database does not know of: it is asked first, ever after. */
const wasRestored = async ({ store }: RemedyDeps): Promise<boolean> =>
  (await latestRestoration(store.read)) !== null;

/** The world has changed. What was never sent has failed; what was sent before is for a person. */
async function failOrEscalate(deps: RemedyDeps, held: Operation, words: string): Promise<void> {
  const change =
    held.firstSentAt === null
      ? failedBy(words)
      : reviewFor(
          `It is not at ${held.kind === 'stripe_refund' ? 'Stripe' : 'the product'}, and can no longer be sent: ${words}`,
        );
  await recordOutcome(deps, held, change);
}

async function postpone(deps: RemedyDeps, held: Operation, error: string): Promise<void> {
  const at = deps.now();
  const nextTryAt = waitUntil(held, at);
  await deps.store.write((tx) => postponeOperation(tx, held, { at, nextTryAt, error }));
  await deps.point('postponed');
}

/** Finds out whether a step has happened before anything else is done. */
async function readBackOperation(turn: Lease): Promise<void> {
  const { deps, held, inTime } = turn;
  const found = await inTime(readBack(deps, held));
  await deps.point('looked-up');
  const now = deps.now();
  if (found.kind === 'found') {
    await tryRecordOutcome(deps, held, found.value);
    return;
  }
  if (found.kind === 'unclear')
    return applyNextAction(turn, { kind: 'review', reason: found.words }, null);
  const next =
    found.kind === 'absent'
      ? afterAbsent({ ...held, emptyReadBacks: held.emptyReadBacks + 1 }, now)
      : afterUnreadable(held, now);
  await applyNextAction(turn, next, found.kind === 'unreadable' ? found.words : null);
}

async function applyNextAction(
  turn: Lease,
  next: AfterAbsent,
  unreadable: string | null,
): Promise<void> {
  const { deps, held } = turn;
  switch (next.kind) {
    case 'send_again':
      return send(turn, held.attempt);
    case 'new_attempt':
      return send(turn, held.attempt + 1);
    case 'failed':
      await recordOutcome(deps, held, failedBy(held.error ?? 'Refused.'));
      return;
    case 'review':
      // Both facts: that it was sent, and that it was looked up.
      await recordOutcome(deps, held, await reviewOf(deps, held, next.reason));
      return;
    case 'wait': {
      const at = deps.now();
      // What was answered instead stays in view until it is known what became of it.
      const error = held.outcome === 'mismatched' ? held.error : (unreadable ?? held.error);
      const row = { at, nextTryAt: next.until, error };
      await deps.store.write((tx) =>
        unreadable === null ? recordEmptyReadBack(tx, held, row) : postponeOperation(tx, held, row),
      );
      await deps.point('postponed');
    }
  }
}

/**
 * States in which a step of the request may begin. In a review it is the step behind the one that a person
 * has taken over; of a failed request, the return of credits.
 */
const BEGINS_IN: readonly RequestState[] = ['approved', 'sending', 'needs_review', 'failed'];

/**
 * Takes a due step for this process; the request it begins with is `sending` from then on. Null where
 * another sender has it, another refund of the payment is under way, or the request is no longer
 * approved: then its step is taken back and nothing is ever sent.
 */
const claimOperation = async (deps: RemedyDeps, due: Operation): Promise<Operation | null> => {
  try {
    return await deps.store.write((tx) => claim(deps, tx, due));
  } catch (error) {
    // Two senders took two refunds of one payment in the same moment: one of them has it.
    if (isUniqueViolation(error, 'operation_sending_refund')) return null;
    throw error;
  }
};

async function claim(deps: RemedyDeps, tx: Tx, due: Operation): Promise<Operation | null> {
  if ((await heldSince(tx)) !== null) return null;
  const now = deps.now();
  const request = await findRequest(tx, due.requestId);
  if (!request) throw new Error('a step without its request');
  const begins = due.state === 'ready' && due.firstSentAt === null;
  if (begins && !BEGINS_IN.includes(request.state)) {
    await changeOperation(tx, due, {
      state: 'canceled',
      error: 'The request is no longer approved.',
      changedAt: now,
    });
    return null;
  }
  const lease = { owner: deps.owner, until: now + READ_LEASE };
  const held = await claimRow(tx, due, lease, now);
  await deps.point('claiming');
  if (held && request.state === 'approved')
    await transitionRequest(deps, tx, request, { kind: 'sending' });
  return held;
}
