import type { Operation } from '#app/domain/operations/operation.ts';
import { describeOperation } from '#app/domain/operations/labels.ts';
import type { RequestState } from '#app/domain/requests/request.ts';
import { MINUTE } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
/** What was decided is sent within seconds; after this long something is in its way. */
const STALLED_AFTER = 15 * MINUTE;

interface Judged {
  state: RequestState;
  stateReason: string | null;
  /** When the last decision came. */
  approvedAt: Instant | null;
}

/** Why a request does not go on as it should, in words; null: it does, or waits for a decision. */
export function stuckReason(
  { state, stateReason, approvedAt }: Judged,
  steps: readonly Operation[],
  now: Instant,
): string | null {
  if (state === 'needs_review') return stateReason ?? 'We don’t know whether it went through.';
  // Settled, but of what follows from it one step is unclear: credits to return after a failed refund.
  const unclear = steps.find((one) => one.state === 'needs_review');
  if (unclear !== undefined) return unclear.error ?? describeOperation(unclear);
  if (state !== 'approved' && state !== 'sending') return null;
  if (approvedAt === null || now - approvedAt < STALLED_AFTER) return null;
  const step = steps.find((one) => one.state === 'ready' || one.state === 'sending');
  if (step === undefined) return null;
  return step.error === null
    ? describeOperation(step)
    : `${describeOperation(step)}: ${step.error}`;
}
