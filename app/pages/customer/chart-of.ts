import { flagTarget } from '#app/pages/customer/flag-target.ts';
import { DAY } from '#app/domain/instant.ts';
import type { BalanceDays, CustomerFlag } from '#app/services/customer-view.ts';
import { layOutSteps } from '#app/ui/chart-geometry.ts';
import type { ChartGeometry } from '#app/ui/chart-geometry.ts';

/**
 * The balance of each day as a line, with the flags where they began. Runs in the loader: what lays out
 * charts stays on the server.
 */
export const chartOf = (
  { from, to, before, days }: BalanceDays,
  flags: readonly CustomerFlag[],
): ChartGeometry =>
  layOutSteps(
    { from, to, before, steps: days.map(([day, credits]) => [day * DAY, credits]) },
    flags.map((flag) => ({
      at: flag.since,
      level: flag.severity,
      label: flag.sentence,
      target: flagTarget(flag),
    })),
  );
