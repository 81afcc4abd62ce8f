import type { Instant } from '#app/domain/instant.ts';

/** A clock that shows `startAt` now and runs on from there; without `startAt` the machine's own time. */
export const makeClock = (startAt?: Instant): (() => Instant) => {
  if (startAt === undefined) return () => Date.now();
  const offset = startAt - Date.now();
  return () => Date.now() + offset;
};
