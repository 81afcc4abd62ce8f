import { describeFlagEvent } from '#app/domain/flags/labels.ts';
import type { Instant } from '#app/lib/instant.ts';
import { ruleById } from '#app/domain/rules/registry.ts';
import type { Rule } from '#app/domain/rules/rule.ts';
import type { Deps } from '#app/services/deps.ts';
import { findFlag, historyOfFlag } from '#db/queries/flags/flags.ts';
import { listStaff } from '#db/queries/access/staff.ts';

interface FlagStep {
  id: string;
  at: Instant;
  says: string;
  /** Null: the rules did it. */
  actorName: string | null;
  ticket: string | null;
}
export interface FlagHistory {
  flagId: string;
  promise: Rule['promise'];
  /** Oldest first. */
  steps: FlagStep[];
}

/** All that ever happened to a flag, and the promise that it guards; null where there is no such flag. */
export async function loadFlagHistory(
  { store }: Pick<Deps, 'store'>,
  flagId: string,
): Promise<FlagHistory | null> {
  const flag = await findFlag(store.read, flagId);
  if (flag === null) return null;
  const [events, staff] = await Promise.all([
    historyOfFlag(store.read, flagId),
    listStaff(store.read),
  ]);
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  const steps = events.map((event) => ({
    id: event.id,
    at: event.at,
    actorName: event.actorName,
    ticket: event.ticket,
    says: describeFlagEvent(event, (id) => names.get(id) ?? null),
  }));
  return { flagId, promise: ruleById(flag.rule).promise, steps };
}
