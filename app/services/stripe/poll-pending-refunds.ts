import { MINUTE } from '#app/lib/instant.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { fetchRefunds, applyRefunds } from '#app/services/stripe/sync-refunds.ts';
import { tryRead } from '#app/integrations/try-read.ts';
import { applyRefund } from '#app/services/stripe/apply-refund.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { changeOperation, openRefundOperations } from '#db/queries/operations/operations.ts';

const AT_ONCE = 50;
/** Events tell sooner; this is for those that are lost. */
const POLL_AGAIN_AFTER = 10 * MINUTE;

/**
 * Asks Stripe about refunds that it has taken and not ended, longest unasked first, each every ten
 * minutes. Answers how many were asked about and how many had moved.
 */
export const pollPendingRefunds = async (
  deps: RemedyDeps,
  signal?: AbortSignal,
): Promise<{ asked: number; moved: number }> => {
  const open = await openRefundOperations(deps.store.read, AT_ONCE);
  const due = open.filter(({ changedAt }) => changedAt <= deps.now() - POLL_AGAIN_AFTER);
  let moved = 0;
  let draft = 0;
  for (const step of due) {
    if (signal?.aborted) break;
    draft += 1;
    if (await trackOne(deps, step)) moved += 1;
  }
  return { asked: draft, moved };
};

async function trackOne(deps: RemedyDeps, step: Operation): Promise<boolean> {
  const id = step.externalId;
  if (id === null) return false;
  const live = await tryRead(() => deps.stripe.readRefund(id));
  await deps.point('refund-read');
  const customerId = await deps.store.write(async (tx) => {
    const changed = live.kind === 'found' ? await applyRefund(deps, tx, live.value) : null;
    // Asked about: it goes to the end of the line. Whoever was quicker has put it there already.
    if (changed === null) await changeOperation(tx, step, { changedAt: deps.now() });
    return changed;
  });
  await deps.point('refund-tracked');
  if (customerId === null) return false;
  const named = live.kind === 'found' ? live.value : null;
  const reported = named && (await tryRead(() => fetchRefunds(deps, named, named)));
  if (reported?.kind === 'found')
    await deps.store.write((tx) => applyRefunds(deps, tx, reported.value));
  await sweepAccounts(deps, { customers: [customerId] });
  return true;
}
