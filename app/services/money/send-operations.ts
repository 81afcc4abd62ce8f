import { SEND_LEASE } from '#app/domain/requests/operation.ts';
import { dateAnew } from '#app/services/money/date-anew.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';
import { workOnStep } from '#app/services/money/work-on-step.ts';
import { hasLostRace } from '#db/errors.ts';
import { dueOperations } from '#db/queries/operations.ts';
import { heldSince } from '#db/queries/restorations.ts';

/** Steps taken on in one call, and how many of them wait for the outside at once. */
const AT_ONCE = 100;
const SIDE_BY_SIDE = 4;

export interface SendReport {
  /** Steps that were looked at. */
  steps: number;
  /** Whether there may be more to do at once. */
  more: boolean;
}

/**
 * Sends what is due and finds out what became of what was sent. Any number of processes may do so at
 * once. Throws what the database throws, after the other steps have had their turn.
 */
export const sendOperations = async (
  deps: MoneyDeps,
  signal?: AbortSignal,
): Promise<SendReport> => {
  if (deps.sends?.(SEND_LEASE) === false) return { steps: 0, more: false };
  if ((await heldSince(deps.store.read)) !== null) return { steps: 0, more: false };
  await dateAnew(deps);
  const due = await dueOperations(deps.store.read, deps.now(), AT_ONCE);
  const waiting = [...due];
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      if (signal?.aborted) return;
      try {
        await workOnStep(deps, step);
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
