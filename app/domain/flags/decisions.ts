import type { Flag, FlagEventKind } from '#app/domain/flags/flag.ts';
import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { may } from '#app/domain/access/roles.ts';
import type { Role } from '#app/domain/access/roles.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

/** @internal */
export const LONGEST_SNOOZE = 90 * DAY;

/** Why a person's decision on a flag was not taken; `says` is a sentence for that person. */
export interface FlagRefusal {
  refused:
    | 'not_found'
    | 'changed_meanwhile'
    | 'closed'
    | 'already_dismissed'
    | 'not_yours'
    | 'bad_reason'
    | 'bad_until'
    | 'bad_assignee';
  says: string;
}
export interface FlagDecision {
  after: Flag;
  event: FlagEventKind;
}
type Verdict = FlagDecision | FlagRefusal;

/** What the person saw (`version`) and who they are. */
export interface FlagAsk {
  role: Role;
  version: number;
  now: Instant;
}

export const refuse = (refused: FlagRefusal['refused'], says: string): FlagRefusal => ({
  refused,
  says,
});
export const isRefusal = (answer: object): answer is FlagRefusal => 'refused' in answer;

/** Agents and finance dismiss low flags, a lead any flag. */
const mayDismiss = (role: Role, flag: Pick<Flag, 'severity'>): boolean =>
  may(role, 'flags.dismiss') || (flag.severity === 'low' && may(role, 'flags.dismiss-low'));

/** Puts an open or snoozed flag aside until its figures or evidence change. */
export function dismiss(flag: Flag, ask: FlagAsk & { reason: string }): Verdict {
  if (!mayDismiss(ask.role, flag)) {
    return refuse('not_yours', `Only a lead can dismiss a flag of ${flag.severity} severity.`);
  }
  const reason = ask.reason.trim();
  return (
    refusalOf(flag, ask) ??
    refusalOfReason(reason) ??
    decided(flag, 'dismissed', { state: 'dismissed', reason, snoozedUntil: null }, ask.now)
  );
}

/** Puts an open or snoozed flag aside until an instant. */
export function snooze(flag: Flag, ask: FlagAsk & { until: Instant; reason: string }): Verdict {
  if (!may(ask.role, 'flags.snooze')) return refuse('not_yours', 'Only a lead can snooze a flag.');
  const reason = ask.reason.trim();
  const { until, now } = ask;
  const change = { state: 'snoozed', reason, snoozedUntil: until } as const;
  return (
    refusalOf(flag, ask) ??
    refusalOfReason(reason) ??
    (until > now && until <= now + LONGEST_SNOOZE
      ? decided(flag, 'snoozed', change, now)
      : refuse('bad_until', 'A flag can be snoozed for up to 90 days.'))
  );
}

/** Gives a flag that is not closed to someone who can work on it; null: to nobody. */
export function assign(
  flag: Flag,
  ask: FlagAsk & { assignee: { id: string; role: Role; disabled: boolean } | null },
): Verdict {
  if (!may(ask.role, 'flags.assign')) return refuse('not_yours', 'Only a lead can assign flags.');
  const { assignee } = ask;
  if (assignee && (assignee.disabled || !may(assignee.role, 'flags.dismiss-low'))) {
    return refuse('bad_assignee', 'Flags can be assigned to an active agent, lead or finance.');
  }
  const refusal = refusalOf(flag, ask);
  if (refusal && refusal.refused !== 'already_dismissed') return refusal;
  return decided(flag, 'assigned', { assigneeId: assignee?.id ?? null }, ask.now);
}

function refusalOf(flag: Flag, ask: FlagAsk): FlagRefusal | null {
  if (flag.state === 'closed') {
    return refuse(
      'closed',
      `This flag closed automatically: ${flag.reason ?? 'it no longer applies.'}`,
    );
  }
  if (flag.version !== ask.version) {
    return refuse('changed_meanwhile', 'This flag changed since the page loaded.');
  }
  return flag.state === 'dismissed'
    ? refuse('already_dismissed', 'This flag is already dismissed.')
    : null;
}

function refusalOfReason(reason: string): FlagRefusal | null {
  if (reason === '') return refuse('bad_reason', 'Add a short reason.');
  return Array.from(reason).length > LONGEST_REASON
    ? refuse('bad_reason', `A reason can have at most ${LONGEST_REASON} characters.`)
    : null;
}

const decided = (
  flag: Flag,
  event: FlagEventKind,
  change: Partial<Pick<Flag, 'state' | 'reason' | 'snoozedUntil' | 'assigneeId'>>,
  now: Instant,
): FlagDecision => ({
  event,
  after: { ...flag, ...change, changedAt: now, version: flag.version + 1 },
});
