import type { Instant } from '#app/lib/instant.ts';
import { createClock } from '#app/lib/clock.ts';
import type { Env } from '#app/config/env.ts';
import { createIds } from '#app/lib/ids.ts';
import { LiveUpdates } from '#app/web/live-updates.ts';
import { createLog } from '#app/config/log.ts';
import type { Logger } from '#app/config/log.ts';
import { Metrics } from '#app/lib/metrics.ts';
import { RateLimit } from '#app/lib/rate-limit.ts';
import { createRemedyDeps } from '#app/server/create-integrations.ts';
import type { Platform } from '#app/web/request-context.ts';
import { readAliveSessions } from '#app/services/access/resolve-session.ts';
import { ConsoleClock } from '#app/services/deployment/console-clock.ts';
import { databaseNow } from '#db/queries/deployment/console-clocks.ts';
import type { Store } from '#db/store-types.ts';
/** Everything that lives as long as the process, made of the settings and an open store. */
export const createPlatform = (
  env: Env,
  store: Store,
  given: { log?: Logger; now?: () => Instant; machineNow?: () => Instant } = {},
): Platform => {
  const log = given.log ?? createLog(env.LOG_LEVEL);
  const clock = new ConsoleClock({
    own: given.now ?? createClock(env.REDRESS_NOW, given.machineNow),
    machine: given.machineNow ?? Date.now,
    elapsed: () => performance.now(),
    databaseNow: () => databaseNow(store),
  });
  const { now, sends } = clock;
  const newId = createIds(now);
  const aliveSessions = (hashes: readonly string[]) =>
    readAliveSessions({ store, now, newId, demo: env.demo }, hashes);
  return {
    env,
    log,
    store,
    now,
    clock,
    newId,
    money: createRemedyDeps(env, { store, now, newId, sends }),
    metrics: new Metrics(),
    changes: new LiveUpdates({ store, log, now, aliveSessions }),
    rates: new RateLimit(now),
  };
};
