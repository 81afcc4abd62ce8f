import { MINUTE } from '#app/domain/instant.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { readHeard, takeHeard } from '#app/services/money/hear-of-refunds.ts';
import { readOutside } from '#app/services/money/read-outside.ts';
import { takeRefund } from '#app/services/money/take-refund.ts';
import { sweepAccounts } from '#app/services/sweep-accounts.ts';
import { changeOperation, openRefundOperations } from '#db/queries/operations.ts';

const AT_ONCE = 50;
/** Events tell sooner; this is for those that are lost. */
const ASK_AGAIN_AFTER = 10 * MINUTE;

/**
 * Asks Stripe about refunds that it has taken and not ended, longest unasked first, each every ten
 * minutes. Answers how many were asked about and how many had moved.
 */
export const trackRefunds = async (
  deps: MoneyDeps,
  signal?: AbortSignal,
): Promise<{ asked: number; moved: number }> => {
  const open = await openRefundOperations(deps.store.read, AT_ONCE);
  const due = open.filter(({ changedAt }) => changedAt <= deps.now() - ASK_AGAIN_AFTER);
  let moved = 0;
  let asked = 0;
  for (const step of due) {
    if (signal?.aborted) break;
    asked += 1;
    if (await trackOne(deps, step)) moved += 1;
  }
  return { asked, moved };
};

async function trackOne(deps: MoneyDeps, step: Operation): Promise<boolean> {
  const id = step.externalId;
  if (id === null) return false;
  const live = await readOutside(() => deps.stripe.readRefund(id));
  await deps.point('refund-read');
  const customerId = await deps.store.write(async (tx) => {
    const changed = live.kind === 'found' ? await takeRefund(deps, tx, live.value) : null;
    // Asked about: it goes to the end of the line. Whoever was quicker has put it there already.
    if (changed === null) await changeOperation(tx, step, { changedAt: deps.now() });
    return changed;
  });
  await deps.point('refund-tracked');
  if (customerId === null) return false;
  const named = live.kind === 'found' ? live.value : null;
  const heard = named && (await readOutside(() => readHeard(deps, named, named)));
  if (heard?.kind === 'found') await deps.store.write((tx) => takeHeard(deps, tx, heard.value));
  await sweepAccounts(deps, { customers: [customerId] });
  return true;
}
