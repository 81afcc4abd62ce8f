import { chargeOf } from '#app/services/money/call-outside.ts';
import type { LiveRefund } from '#app/outside/stripe/live.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { readOutside } from '#app/services/money/read-outside.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { isUndone } from '#app/domain/requests/refund-status.ts';
import { firstObstacle, refundGuards } from '#app/domain/requests/refund-guards.ts';
import { operationsOnPayment } from '#db/queries/operations.ts';

export type LiveVerdict =
  | { kind: 'clear' }
  | { kind: 'obstacle'; words: string }
  /** It is there already. */
  | { kind: 'made'; refund: LiveRefund }
  | { kind: 'unreadable'; words: string };

/**
 * The guards of a refund by what Stripe says at this moment. Made so that nothing is refunded twice or
 * beyond what was captured even by a server that enforces neither: refunds are summed here, and those
 * of ours whose outcome nobody knows count as made.
 */
export const checkLive = async (deps: MoneyDeps, step: Operation): Promise<LiveVerdict> => {
  const chargeId = chargeOf(step);
  const charge = await readOutside(() => deps.stripe.readCharge(chargeId));
  if (charge.kind === 'absent') return { kind: 'obstacle', words: 'Stripe knows no such charge.' };
  if (charge.kind === 'unreadable') return charge;
  const listed = await readOutside(() => deps.stripe.listRefunds(chargeId));
  if (listed.kind === 'absent') return { kind: 'obstacle', words: 'Stripe knows no such charge.' };
  if (listed.kind === 'unreadable') return listed;
  const refunds = listed.value;
  const made = refunds.find(({ opId }) => opId === step.id);
  if (made) return { kind: 'made', refund: made };
  const summed = refunds
    .filter(({ status }) => !isUndone(status))
    .reduce((sum, { amount }) => sum + amount, 0);
  const amountRefunded = Math.max(charge.value.amountRefunded, summed);
  const guards = refundGuards(
    { amount: step.amount ?? 0, currency: step.currency ?? '' },
    { ...charge.value, amountRefunded },
    await unknownOn(deps, step, refunds),
  );
  const words = firstObstacle(guards);
  return words === null ? { kind: 'clear' } : { kind: 'obstacle', words };
};

/** Minor units that other steps of ours may have refunded without a trace so far. */
async function unknownOn(
  deps: MoneyDeps,
  step: Operation,
  refunds: readonly LiveRefund[],
): Promise<number> {
  const seen = new Set(refunds.map(({ opId }) => opId));
  const others = await operationsOnPayment(deps.store.read, chargeOf(step));
  return others
    .filter(({ id, kind }) => kind === 'stripe_refund' && id !== step.id && !seen.has(id))
    .filter(({ state, firstSentAt }) => isOpen(state) && firstSentAt !== null)
    .reduce((sum, { amount }) => sum + (amount ?? 0), 0);
}

const isOpen = (state: Operation['state']): boolean =>
  state === 'sending' || state === 'needs_review';
