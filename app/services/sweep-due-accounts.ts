import { sweepAccounts } from '#app/services/sweep-accounts.ts';
import type { SweepReport } from '#app/services/sweep-accounts.ts';
import type { Deps } from '#app/services/deps.ts';
import { listDueCustomers } from '#db/queries/accounts.ts';
import { readStreams } from '#db/queries/streams.ts';

/** Customers taken on in one call, of each reason to be due. */
const AT_ONCE = 1_000;
/** Few records at a time: a server answers pages between the batches. */
const MOST_ROWS = 4_000;

export interface DueSweep extends SweepReport {
  /** Whether there may be more to do at once. */
  more: boolean;
}

/** Sweeps the customers that are due: changed records, an ended grace or snooze, a stream come in. */
export const sweepDueAccounts = async (deps: Deps, signal?: AbortSignal): Promise<DueSweep> => {
  const streams = await readStreams(deps.store.read);
  const customers = await listDueCustomers(deps.store.read, {
    now: deps.now(),
    streams,
    limit: AT_ONCE,
  });
  const report = await sweepAccounts(deps, { customers, mostRows: MOST_ROWS, signal });
  return { ...report, more: customers.length >= AT_ONCE };
};

/** The whole book, in batches small enough for a server. */
export const sweepWholeBook = async (deps: Deps, signal?: AbortSignal): Promise<SweepReport> =>
  sweepAccounts(deps, { customers: 'all', mostRows: MOST_ROWS, signal });
