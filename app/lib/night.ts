import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';

/** The number of the night that an instant belongs to; a night begins at `begins` after midnight, UTC. */
export const nightOf = (instant: Instant, begins: number): number =>
  Math.floor((instant - begins) / DAY);
