import type { Flag } from '#app/domain/flags/flag.ts';
import type { FlagRefusal } from '#app/domain/flags/decisions.ts';
import type { Instant } from '#app/lib/instant.ts';
import { assignFlag, dismissFlag, snoozeFlag } from '#app/services/flags/decide-flag.ts';
import type { FlagResult, FlagDecider, ShownFlag } from '#app/services/flags/decide-flag.ts';

export type FlagChoice =
  | { intent: 'dismiss'; reason: string }
  | { intent: 'snooze'; reason: string; until: Instant }
  | { intent: 'assign'; assigneeId: string | null };

export interface FlagOutcome {
  flagId: string;
  /** Null: done. Else why not, as a sentence for the person. */
  refused: FlagRefusal['refused'] | null;
  says: string | null;
  /** As it is since; null where it was refused. */
  now: Pick<Flag, 'version' | 'assigneeId'> | null;
  /** It was decided so before by the same person; nothing was done now. */
  repeated?: true;
}

/**
 * One decision for several flags, each by itself: what one of them refuses stops no other. Answers in
 * the order of `flags`.
 */
export async function decideFlags(
  deps: FlagDecider,
  flags: readonly ShownFlag[],
  choice: FlagChoice,
): Promise<FlagOutcome[]> {
  const outcomes: FlagOutcome[] = [];
  for (const flag of flags) {
    const answer = await decide(deps, flag, choice);
    const refusal = answer.ok ? null : answer.refusal;
    outcomes.push({
      flagId: flag.flagId,
      refused: refusal?.refused ?? null,
      says: refusal?.says ?? null,
      now: answer.ok ? nowOf(answer.flag) : null,
      ...(answer.ok && answer.repeated ? { repeated: true } : {}),
    });
  }
  return outcomes;
}

const nowOf = ({ version, assigneeId }: Flag): FlagOutcome['now'] => ({ version, assigneeId });

function decide(deps: FlagDecider, flag: ShownFlag, choice: FlagChoice): Promise<FlagResult> {
  if (choice.intent === 'dismiss') return dismissFlag(deps, { ...flag, reason: choice.reason });
  if (choice.intent === 'assign') {
    return assignFlag(deps, { ...flag, assigneeId: choice.assigneeId });
  }
  return snoozeFlag(deps, { ...flag, reason: choice.reason, until: choice.until });
}
