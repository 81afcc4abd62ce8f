import { SECOND } from '#app/lib/instant.ts';
import { isProductNotAsked } from '#app/domain/restore/missing-from-backup.ts';
import { startPollLoop } from '#app/lib/poll-loop.ts';
import type { Poller, PollOptions } from '#app/lib/poll-loop.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { compareRestored } from '#app/services/restore/compare-restored.ts';
import { latestRestoration } from '#db/queries/deployment/restorations.ts';

/**
 * Compares with Stripe and the product where a restore waits for that; answers whether it did.
 * @internal
 */
export const compareWhereRestored = async (deps: RemedyDeps): Promise<boolean> => {
  const latest = await latestRestoration(deps.store.read);
  if (latest === null || latest.confirmedAt !== null) return false;
  // The product may be set by now.
  const isDue = deps.productApi.isSet && latest.forgotten.some(isProductNotAsked);
  if (latest.comparedAt !== null && !isDue) return false;
  await compareRestored(deps, latest);
  return true;
};

/** While the server runs: a restore that no command could compare is compared here. */
export const startRestoreWatch = (deps: RemedyDeps & { log: PollOptions['log'] }): Poller =>
  startPollLoop(async () => (await compareWhereRestored(deps), false), {
    every: 5 * SECOND,
    log: deps.log,
    failure: 'Stripe and the product could not be compared with after a restore',
  });
