import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';

/** Monday to Friday in UTC; 1970 began on a Thursday. Bank holidays count. */
function isBusinessDay(instant: Instant): boolean {
  const sinceMonday = (((Math.floor(instant / DAY) + 3) % 7) + 7) % 7;
  return sinceMonday < 5;
}

/** The same time of day on the `days`-th business day after an instant. */
export function businessDaysAfter(instant: Instant, days: number): Instant {
  let reached = instant;
  for (let counted = 0; counted < days;) {
    reached += DAY;
    if (isBusinessDay(reached)) counted += 1;
  }
  return reached;
}
