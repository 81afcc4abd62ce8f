import { HOUR, SECOND } from '#app/lib/instant.ts';
import { startPollLoop } from '#app/lib/poll-loop.ts';
import type { Poller, PollOptions } from '#app/lib/poll-loop.ts';
import type { Deps } from '#app/services/deps.ts';
import { sweepDueAccounts, sweepWholeBook } from '#app/services/sweep/sweep-accounts.ts';
import type { SweepReport } from '#app/services/sweep/sweep-accounts.ts';
import { nightOf } from '#app/lib/night.ts';

interface SweepLog {
  info(what: object, message: string): void;
  error(what: object, message: string): void;
}
interface SweepDeps extends Deps {
  log: SweepLog;
  /** Told after each look that has not failed. */
  onLooked?: () => void;
}
/** UTC hour at which the whole book is swept. */
const NIGHT = 3 * HOUR;
/**
 * While the server runs, sweeps what has become due about once a second and the whole book every
 * night at 03:00 UTC. One sweep at a time; an error is logged and the next look tries again. Several
 * servers may run it on one database.
 */
export const startSweepJob = (
  deps: SweepDeps,
  { every = SECOND, wait }: Partial<Pick<PollOptions, 'every' | 'wait'>> = {},
): Poller => {
  const looks = new SweepLooks(deps);
  return startPollLoop((signal) => looks.next(signal), {
    every,
    wait,
    log: deps.log,
    failure: 'sweep failed',
  });
};

/** The work of the timer, a look at a time. */
class SweepLooks {
  #night: number;

  constructor(private readonly deps: SweepDeps) {
    this.#night = nightOf(deps.now(), NIGHT);
  }

  /** Sweeps what is due; answers whether there may be more of it at once. */
  async next(signal: AbortSignal): Promise<boolean> {
    const due = await sweepDueAccounts(this.deps, signal);
    this.#report(due, 'sweep of due accounts');
    const night = nightOf(this.deps.now(), NIGHT);
    if (night > this.#night) {
      this.#report(await sweepWholeBook(this.deps, signal), 'sweep of the whole book');
    }
    // Only now: a whole sweep that failed is tried again.
    this.#night = night;
    this.deps.onLooked?.();
    return due.more;
  }

  #report({ customers, findings, events, skipped }: SweepReport, message: string): void {
    if (customers > 0) this.deps.log.info({ customers, findings, events, skipped }, message);
  }
}
