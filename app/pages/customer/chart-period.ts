import { scrollTargetOf } from '#app/pages/customer/scroll-to-flag.ts';
import { DAY } from '#app/lib/instant.ts';
import type { BalanceDays, CustomerFlag } from '#app/services/customers/customer-page-data.ts';
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
      target: scrollTargetOf(flag),
    })),
  );

/** How many days the balance may be drawn for. */
export const CHART_DAYS = [30, 90, 365] as const;
export const DEFAULT_DAYS = 90;
