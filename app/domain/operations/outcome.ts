import type { Instant } from '#app/lib/instant.ts';
import { retryAt, waitUntil } from '#app/domain/operations/operation.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { isReversed, laterStatus } from '#app/domain/book/refund-status.ts';

/** What one try outside came to, whatever was called. */
export type Outcome =
  | {
      kind: 'accepted';
      externalId: string;
      /** Refunds: Stripe's word for how far it is. */
      status: string;
      /** Refunds: Stripe's word for why it is pending or has failed. */
      reason?: string | null;
      bankReference: string | null;
    }
  /** Said no, and did nothing. */
  | { kind: 'refused'; words: string }
  /** Said no, and did nothing; but what it says contradicts what was read before. */
  | { kind: 'contradicted'; words: string }
  /** The other side's own approval rules hold it. */
  | { kind: 'held'; words: string }
  | { kind: 'busy'; words: string }
  /** The key belongs to another body. */
  | { kind: 'conflict'; words: string }
  /** It has answered with something else than what was sent: it may have been done all the same. */
  | { kind: 'mismatched'; words: string }
  /**
   * Nobody knows. `serverError`: there was an answer, and it was 500 or above; `replayed`: it is kept
   * under the key, so that nobody will act on the key again.
   */
  | { kind: 'unknown'; words: string; serverError: boolean; replayed: boolean };

export type OperationChange = Partial<
  Pick<
    Operation,
    | 'state'
    | 'externalId'
    | 'externalStatus'
    | 'externalReason'
    | 'bankReference'
    | 'error'
    | 'outcome'
    | 'nextTryAt'
    | 'leaseOwner'
    | 'leaseUntil'
    | 'emptyReadBacks'
    | 'lastReadBackAt'
  >
>;

const RELEASED = { leaseOwner: null, leaseUntil: null } as const;

/** Over: nothing is owned, waited for or left open. */
const ended = (state: 'succeeded' | 'failed' | 'needs_review', error: string | null) =>
  ({ ...RELEASED, state, error }) satisfies OperationChange;

export const failedBy = (words: string): OperationChange => ({
  ...ended('failed', words),
  outcome: null,
});
export const reviewFor = (words: string): OperationChange => ended('needs_review', words);

/** What a try makes of its operation. An open outcome never fails it: it stays `sending` until looked up. */
export function applyOutcome(
  operation: Operation,
  outcome: Outcome,
  now: Instant,
): OperationChange {
  const change = changeBy(operation, outcome, now);
  // Look-ups between two refusals say nothing of a later answer.
  const again = operation.outcome === 'contradicted' && outcome.kind !== 'contradicted';
  return again ? { ...change, emptyReadBacks: 0 } : change;
}

function changeBy(operation: Operation, outcome: Outcome, now: Instant): OperationChange {
  switch (outcome.kind) {
    case 'accepted':
      return accept(operation, outcome);
    case 'held':
      return reviewFor(`Held, not failed: ${outcome.words}`);
    case 'refused':
    case 'conflict':
    case 'mismatched':
      // Looked up at once: this try or an earlier one may have done it.
      return { ...RELEASED, outcome: outcome.kind, error: outcome.words, nextTryAt: now };
    case 'contradicted':
      return {
        ...RELEASED,
        outcome: 'contradicted',
        error: outcome.words,
        // After the last one it is looked up at once, and a person decides.
        nextTryAt: retryAt(operation.emptyReadBacks, now) ?? now,
      };
    case 'busy':
      return {
        ...RELEASED,
        outcome: 'busy',
        error: outcome.words,
        nextTryAt: waitUntil(operation, now),
      };
    case 'unknown': {
      const { outcome: last } = operation;
      const again = outcome.replayed || last === 'server_error' || last === 'stored_error';
      const error = again ? 'stored_error' : 'server_error';
      return {
        ...RELEASED,
        outcome: outcome.serverError ? error : 'unknown',
        error: outcome.words,
        nextTryAt: waitUntil(operation, now),
      };
    }
  }
}

function accept(
  operation: Operation,
  { externalId, status, reason, bankReference }: Extract<Outcome, { kind: 'accepted' }>,
): OperationChange {
  const externalStatus = laterStatus(operation.externalStatus, status);
  const facts = {
    externalId,
    externalStatus,
    externalReason: externalStatus === status ? (reason ?? null) : operation.externalReason,
    bankReference: bankReference ?? operation.bankReference,
    outcome: null,
  };
  return isReversed(externalStatus)
    ? { ...ended('failed', `Stripe reports it as ${externalStatus}.`), ...facts }
    : { ...ended('succeeded', null), ...facts };
}
