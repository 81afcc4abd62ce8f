import type { Instant } from '#app/domain/instant.ts';
import { makeClock } from '#app/platform/clock.ts';
import type { Env } from '#app/platform/env.ts';
import { makeIds } from '#app/platform/ids.ts';
import { LiveChanges } from '#app/platform/live-changes.ts';
import { makeLog, type Logger } from '#app/platform/log.ts';
import { Metrics } from '#app/platform/metrics.ts';
import { RateLimit } from '#app/platform/rate-limit.ts';
import { makeMoney } from '#app/platform/make-money.ts';
import type { Platform } from '#app/platform/request-context.ts';
import { readAliveSessions } from '#app/services/resolve-session.ts';
import { ConsoleClock } from '#app/services/clocks/console-clock.ts';
import { databaseNow } from '#db/queries/console-clocks.ts';
import type { Store } from '#db/store.ts';

/** Everything that lives as long as the process, made of the settings and an open store. */
export const makePlatform = (
  env: Env,
  store: Store,
  given: { log?: Logger; now?: () => Instant; machineNow?: () => Instant } = {},
): Platform => {
  const log = given.log ?? makeLog(env.LOG_LEVEL);
  const clock = new ConsoleClock({
    own: given.now ?? makeClock(env.REDRESS_NOW, given.machineNow),
    machine: given.machineNow ?? Date.now,
    elapsed: () => performance.now(),
    databaseNow: () => databaseNow(store),
  });
  const { now, sends } = clock;
  const newId = makeIds(now);
  const aliveSessions = (hashes: readonly string[]) =>
    readAliveSessions({ store, now, newId, demo: env.demo }, hashes);
  return {
    env,
    log,
    store,
    now,
    clock,
    newId,
    money: makeMoney(env, { store, now, newId, sends }),
    metrics: new Metrics(),
    changes: new LiveChanges({ store, log, now, aliveSessions }),
    rates: new RateLimit(now),
  };
};
