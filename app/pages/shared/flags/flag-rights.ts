import type { Role } from '#app/domain/access/roles.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Severity } from '#app/domain/rules/rule.ts';

export type FlagIntent = 'dismiss' | 'snooze' | 'assign';

/** What an intent can be meant for. */
export interface Target {
  id: string;
  version: number;
  severity: Severity;
  state: string;
}

/** The same with what a person reads of it before they decide. */
export interface NamedTarget extends Target {
  /** Null where the page is the customer’s own. */
  customer: string | null;
  /** What is wrong. */
  sentence: string;
}

/** A form has at most a hundred fields, and a few of them say what is decided. */
export const FLAGS_AT_ONCE = 90;

/**
 * Why a person cannot do this with these flags; null: they can. The service decides again: this is only
 * so that nobody writes a reason for nothing.
 */
export function disabledReason(
  intent: FlagIntent,
  role: Role,
  targets: readonly Target[],
): string | null {
  const mayAll = may(role, intent === 'dismiss' ? 'flags.dismiss' : `flags.${intent}`);
  const mayLow = intent === 'dismiss' && may(role, 'flags.dismiss-low');
  if (!mayAll && !mayLow) {
    return intent === 'dismiss'
      ? `Your role, ${role}, can only read flags.`
      : `Only a team lead can ${intent} flags.`;
  }
  if (targets.length === 0) return 'Select a flag first: click a row, or press j and k.';
  if (!mayAll && targets.length > 1) return 'Only a team lead can change several flags at once.';
  if (!mayAll && targets.some(({ severity }) => severity !== 'low')) {
    return 'Only a team lead can dismiss flags above low severity.';
  }
  if (targets.length > FLAGS_AT_ONCE) return `At most ${FLAGS_AT_ONCE} flags at once.`;
  if (targets.some(({ state }) => state === 'closed')) {
    return 'This flag closed automatically. There is nothing left to decide.';
  }
  return intent !== 'assign' && targets.some(({ state }) => state === 'dismissed')
    ? 'Already dismissed.'
    : null;
}
