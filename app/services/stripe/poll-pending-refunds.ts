import { MINUTE } from '#app/lib/instant.ts';
import { startPollLoop } from '#app/lib/poll-loop.ts';
import type { Poller, PollOptions } from '#app/lib/poll-loop.ts';
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

interface PollLog {
  info(what: object, message: string): void;
  error(what: object, message: string): void;
}

/** While the server runs, asks every minute what became of refunds that Stripe has taken. */
export const startRefundPolling = (
  deps: RemedyDeps & { log: PollLog },
  { every = MINUTE, wait }: Partial<Pick<PollOptions, 'every' | 'wait'>> = {},
): Poller =>
  startPollLoop(
    async (signal) => {
      const { asked, moved } = await pollPendingRefunds(deps, signal);
      if (moved > 0) deps.log.info({ asked, moved }, 'refunds tracked');
      return false;
    },
    { every, wait, log: deps.log, failure: 'refunds could not be tracked' },
  );

/**
 * Asks Stripe about refunds that it has taken and not ended, longest unasked first, each every ten
 * minutes. Answers how many were asked about and how many had moved.
 * @internal
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
