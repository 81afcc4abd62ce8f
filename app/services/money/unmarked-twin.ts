import { HOUR } from '#app/domain/instant.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { isUndone } from '#app/domain/requests/refund-status.ts';
import type { LiveRefund } from '#app/outside/stripe/live.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { operationByExternalId } from '#db/queries/operations.ts';
import { refundById } from '#db/queries/reconcile-rows.ts';

/** By how much another server's clock may lag behind ours. */
const CLOCKS_APART = HOUR;

/**
 * Says that a refund which was sent may be there without our mark: somebody refunded the same amount in
 * the dashboard, or the server loses what we write on refunds. Nobody can tell which, so nothing is sent
 * again. Null: no refund is in doubt. `refunds`: those of its payment, as Stripe lists them now.
 */
export const sayUnmarkedTwin = async (
  deps: Pick<MoneyDeps, 'store'>,
  step: Operation,
  refunds: readonly LiveRefund[],
): Promise<string | null> => {
  if (!maybeMade(step)) return null;
  const [first] = await unmarkedTwins(deps, step, refunds);
  return first === undefined
    ? null
    : `Stripe shows ${first.id} of the same amount without our mark: it may be this one.`;
};

/** Refunds of the same amount that bear nobody's mark and were not there before. */
export const unmarkedTwins = async (
  deps: Pick<MoneyDeps, 'store'>,
  step: Operation,
  refunds: readonly LiveRefund[],
): Promise<LiveRefund[]> => {
  const found: LiveRefund[] = [];
  for (const refund of refunds) {
    if (refund.opId !== null || refund.amount !== step.amount || isUndone(refund.status)) continue;
    if (!(await isAnothers(deps, step, refund))) found.push(refund);
  }
  return found;
};

/** Whether it may have been made. A first answer that was a clear no has made nothing. */
export const maybeMade = ({ firstSentAt, lastSentAt, outcome }: Operation): boolean =>
  firstSentAt !== null && !(outcome === 'refused' && firstSentAt === lastSentAt);

/** Whether it is known to be the outcome of another step, or to have been there before. */
async function isAnothers(
  { store: { read } }: Pick<MoneyDeps, 'store'>,
  step: Operation,
  refund: LiveRefund,
): Promise<boolean> {
  if ((await operationByExternalId(read, 'stripe_refund', refund.id)) !== null) return true;
  const before = refund.createdAt < (step.firstSentAt ?? 0) - CLOCKS_APART;
  return before && (await refundById(read, refund.id)) !== null;
}
