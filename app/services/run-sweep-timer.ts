import { setTimeout as delay } from 'node:timers/promises';
import { DAY, HOUR, SECOND } from '#app/domain/instant.ts';
import type { Deps } from '#app/services/deps.ts';
import { sweepDueAccounts, sweepWholeBook } from '#app/services/sweep-due-accounts.ts';
import type { SweepReport } from '#app/services/sweep-accounts.ts';

interface SweepLog {
  info(what: object, message: string): void;
  error(what: object, message: string): void;
}
export interface SweepTimerOptions {
  /** Milliseconds between two looks. */
  every?: number;
  /** Waits that long, or until the signal aborts; tests wait for what they please. */
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}
export interface SweepTimer {
  /** Ends after the batch at hand, if one is. */
  stop: () => Promise<void>;
}

/** UTC hour at which the whole book is swept. */
const NIGHT = 3 * HOUR;
/** Pause after an error, so that a database that is away does not fill the log. */
const AFTER_ERROR = 5 * SECOND;

const nightOf = (instant: number): number => Math.floor((instant - NIGHT) / DAY);

/**
 * While the server runs, sweeps what has become due about once a second and the whole book every
 * night at 03:00 UTC. One sweep at a time; an error is logged and the next look tries again. Several
 * servers may run it on one database.
 */
export const startSweepTimer = (
  deps: Deps & { log: SweepLog },
  { every = SECOND, wait = waitQuietly }: SweepTimerOptions = {},
): SweepTimer => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const looks = new SweepLooks(deps, signal);
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      let pause = every;
      try {
        if (await looks.next()) pause = 0;
      } catch (error) {
        deps.log.error({ err: error }, 'sweep failed');
        pause = Math.max(every, AFTER_ERROR);
      }
      if (!signal.aborted) await wait(pause, signal);
    }
  };
  const ended = run();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
};

/** The work of the timer, a look at a time. */
class SweepLooks {
  #night: number;

  constructor(
    private readonly deps: Deps & { log: SweepLog },
    private readonly signal: AbortSignal,
  ) {
    this.#night = nightOf(deps.now());
  }

  /** Sweeps what is due; answers whether there may be more of it at once. */
  async next(): Promise<boolean> {
    const due = await sweepDueAccounts(this.deps, this.signal);
    this.#report(due, 'sweep of due accounts');
    const night = nightOf(this.deps.now());
    if (night > this.#night) {
      this.#report(await sweepWholeBook(this.deps, this.signal), 'sweep of the whole book');
    }
    // Only now: a whole sweep that failed is tried again.
    this.#night = night;
    return due.more;
  }

  #report({ customers, findings, events, skipped }: SweepReport, message: string): void {
    if (customers > 0) this.deps.log.info({ customers, findings, events, skipped }, message);
  }
}

const waitQuietly = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch {
    // Aborted: the timer is being stopped.
  }
};
