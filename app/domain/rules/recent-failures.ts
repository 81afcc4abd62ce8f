import { byInstantThenId } from '#app/domain/book/order.ts';
import type { Instant } from '#app/lib/instant.ts';

/** Something that failed at an instant: a payment, or an attempt to save a card. */
export interface Failure {
  id: string;
  at: Instant;
}

/** Failures in a row that nothing has answered: earliest first. */
export interface FailureRun {
  failures: readonly Failure[];
  first: Failure;
  latest: Failure;
}

/**
 * The failures of the window that ends at `asOf`, its start included, if there are at least `count`
 * and no success came after the latest of them; else null.
 */
export function recentFailures(
  all: readonly Failure[],
  latestSuccess: Instant,
  { count, within }: { count: number; within: number },
  asOf: Instant,
): FailureRun | null {
  const failures = all
    .filter(({ at }) => asOf - at <= within)
    .toSorted((a, b) => byInstantThenId(a.at, a.id, b.at, b.id));
  const first = failures[0];
  const latest = failures.at(-1);
  if (first === undefined || latest === undefined) return null;
  if (failures.length < count || latestSuccess > latest.at) return null;
  return { failures, first, latest };
}
