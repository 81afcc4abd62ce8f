import type { Instant } from '#app/lib/instant.ts';

/** A clock that shows `startAt` now and runs on from there; without `startAt` the machine's own time. */
export const createClock = (
  startAt?: Instant,
  machineNow: () => Instant = Date.now,
): (() => Instant) => {
  if (startAt === undefined) return machineNow;
  const offset = startAt - machineNow();
  return () => machineNow() + offset;
};
