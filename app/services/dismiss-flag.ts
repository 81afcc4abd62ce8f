import { dismiss } from '#app/domain/flags/decisions.ts';
import { decideFlag } from '#app/services/decide-flag.ts';
import type { FlagAnswer, FlagDecider, SeenFlag } from '#app/services/decide-flag.ts';

/** Puts a flag aside until its figures or evidence change; agents and finance: low flags only. */
export const dismissFlag = async (
  app: FlagDecider,
  { reason, ...seen }: SeenFlag & { reason: string },
): Promise<FlagAnswer> =>
  decideFlag(app, seen, async (flag, ask) => dismiss(flag, { ...ask, reason }), {
    ...{ event: 'dismissed', reason: reason.trim(), detail: {} },
  });
