import { snooze } from '#app/domain/flags/decisions.ts';
import { toIso } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { Facts } from '#app/domain/rules/rule.ts';
import { decideFlag } from '#app/services/decide-flag.ts';
import type { FlagAnswer, FlagDecider, SeenFlag } from '#app/services/decide-flag.ts';

/** Puts a flag aside until an instant within the next 90 days; leads only. */
export const snoozeFlag = async (
  app: FlagDecider,
  { until, reason, ...seen }: SeenFlag & { until: Instant; reason: string },
): Promise<FlagAnswer> => {
  const detail: Facts = Number.isFinite(until) ? { until: toIso(until) } : {};
  return decideFlag(app, seen, async (flag, ask) => snooze(flag, { ...ask, until, reason }), {
    event: 'snoozed',
    reason: reason.trim(),
    detail,
  });
};
