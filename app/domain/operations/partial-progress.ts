import { formatCreditCount } from '#app/domain/money/credits.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { describeOperation } from '#app/domain/operations/labels.ts';
type Step = Pick<
  Operation,
  'ordinal' | 'kind' | 'state' | 'amount' | 'currency' | 'credits' | 'firstSentAt' | 'outcome'
> &
  Pick<Operation, 'externalStatus' | 'externalReason' | 'externalId' | 'leaseUntil' | 'error'>;

/** Steps that have still to come to an end. */
const OPEN: readonly Operation['state'][] = ['waiting', 'ready', 'sending', 'needs_review'];

const refunded = ({ amount, currency }: Step): string =>
  amount === null || currency === null ? 'the refund' : formatMoney(amount, currency);

/** What a step was to do, as the end of "still to come:". */
function aim(step: Step): string {
  if (step.kind === 'stripe_refund') return `refunding ${refunded(step)}`;
  if (step.kind === 'generation_hold') return 'the hold on generations';
  const credits = step.credits ?? 0;
  return credits < 0
    ? `taking back ${formatCreditCount(-credits)}`
    : `returning ${formatCreditCount(credits)}`;
}

function done(step: Step): string {
  if (step.kind === 'generation_hold') return 'the hold is set';
  if (step.kind === 'stripe_refund') {
    if (step.state === 'failed') return 'the refund came back';
    const isDone = step.externalStatus === 'succeeded';
    return `${refunded(step)} is ${isDone ? 'refunded' : 'with Stripe, and not refunded yet'}`;
  }
  const credits = step.credits ?? 0;
  return credits < 0
    ? `${formatCreditCount(-credits)} are taken back`
    : `${formatCreditCount(credits)} are returned`;
}

/** Whether a step has left its mark outside, for good or until it came back. */
const hasMoved = ({ state, externalId }: Step): boolean =>
  state === 'succeeded' || (state === 'failed' && externalId !== null);

/**
 * Of a remedy in several steps, some of which have happened and some not yet: what has and what has not,
 * in words; null: it is whole, or nothing of it has begun. Pure.
 */
export function partialProgress(operations: readonly Step[]): string | null {
  const steps = operations
    .filter(({ state }) => state !== 'canceled')
    .toSorted((a, b) => a.ordinal - b.ordinal);
  const moved = steps.filter(hasMoved);
  const left = steps.filter(({ state }) => OPEN.includes(state));
  if (moved.length === 0 || left.length === 0) return null;
  const came = moved.map(done).join(', ');
  const open = left
    .map((step) => `${aim(step)} (${describeOperation(step).toLowerCase()})`)
    .join(', ');
  return `Partially completed: ${came}. Remaining: ${open}`;
}
