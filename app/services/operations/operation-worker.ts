import { SECOND } from '#app/lib/instant.ts';
import { startPollLoop } from '#app/lib/poll-loop.ts';
import type { Poller, PollOptions } from '#app/lib/poll-loop.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { SEND_LEASE } from '#app/domain/operations/operation.ts';
import { resetFutureDates } from '#app/services/operations/reset-future-dates.ts';
import { processOperation } from '#app/services/operations/process-operation.ts';
import { hasLostRace } from '#db/errors.ts';
import { dueOperations } from '#db/queries/operations/operations.ts';
import { heldSince } from '#db/queries/deployment/restorations.ts';

interface WorkerLog {
  info(what: object, message: string): void;
  error(what: object, message: string): void;
}
export interface WorkerOptions extends Partial<Pick<PollOptions, 'every' | 'wait'>> {
  /** Further work done at every look, after the sending. */
  afterwards?: () => Promise<unknown>;
  /** Done where a look has failed, before the next. */
  afterFailure?: (() => Promise<unknown>) | undefined;
}

/**
 * While the server runs, sends what was decided. Any number of servers may run it on one database; no
 * call outside is cut off by a stop.
 */
export const startOperationWorker = (
  deps: RemedyDeps & { log: WorkerLog },
  { every = SECOND, wait, afterwards, afterFailure }: WorkerOptions = {},
): Poller => {
  const look = async (signal: AbortSignal): Promise<boolean> => {
    const { steps, more } = await processDueOperations(deps, signal);
    if (steps > 0) deps.log.info({ steps }, 'steps taken');
    await afterwards?.();
    return more;
  };
  const lookSafely = async (signal: AbortSignal): Promise<boolean> => {
    try {
      return await look(signal);
    } catch (error) {
      // What it throws would be thrown for the same reason, which is told already.
      await afterFailure?.().catch(() => undefined);
      throw error;
    }
  };
  return startPollLoop(lookSafely, { every, wait, log: deps.log, failure: 'sending failed' });
};

/** Steps taken on in one call, and how many of them wait for the outside at once. */
const AT_ONCE = 100;
const SIDE_BY_SIDE = 4;

interface ProcessReport {
  /** Steps that were looked at. */
  steps: number;
  /** Whether there may be more to do at once. */
  more: boolean;
}

/**
 * Sends what is due and finds out what became of what was sent. Any number of processes may do so at
 * once. Throws what the database throws, after the other steps have had their turn.
 * @internal
 */
export const processDueOperations = async (
  deps: RemedyDeps,
  signal?: AbortSignal,
): Promise<ProcessReport> => {
  if (deps.sends?.(SEND_LEASE) === false) return { steps: 0, more: false };
  if ((await heldSince(deps.store.read)) !== null) return { steps: 0, more: false };
  await resetFutureDates(deps);
  const due = await dueOperations(deps.store.read, deps.now(), AT_ONCE);
  const waiting = [...due];
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      if (signal?.aborted) return;
      try {
        await processOperation(deps, step);
      } catch (error) {
        // Another console was quicker: the step is still due, and the next look takes it.
        if (!hasLostRace(error)) failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  if (failures.length > 0) throw new AggregateError(failures, 'steps could not be taken');
  return { steps: due.length, more: due.length >= AT_ONCE };
};
