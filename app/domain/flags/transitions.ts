import type { Flag, FlagEventKind, FlagFinding } from '#app/domain/flags/flag.ts';
import type { Instant } from '#app/lib/instant.ts';

/** The fields that a sweep may rewrite besides the finding itself. */
type FlagLife = Pick<Flag, 'state' | 'openedAt' | 'closedAt' | 'reason' | 'snoozedUntil'>;

/** What becomes of a flag; `event` is null where only wording figures moved, which is no history. */
export interface Transition {
  event: FlagEventKind | null;
  life: FlagLife;
}

const lifeOf = ({ state, openedAt, closedAt, reason, snoozedUntil }: Flag): FlagLife => ({
  state,
  openedAt,
  closedAt,
  reason,
  snoozedUntil,
});

/** The finding is there, and the flag is (again) for people to look at. */
const opened = (openedAt: Instant): FlagLife => ({
  state: 'open',
  openedAt,
  closedAt: null,
  reason: null,
  snoozedUntil: null,
});

/**
 * What a present finding makes of its flag; null: nothing changes.
 * A closed flag re-opens. A dismissed one re-opens when what was judged (figures, evidence, severity,
 * the customer) is no longer what was found. A snoozed one comes back when its instant has come.
 */
export function onFinding(flag: Flag, finding: FlagFinding, now: Instant): Transition | null {
  const changed = !sameSubstance(flag, finding);
  if (flag.state === 'closed') return { event: 'reopened', life: opened(now) };
  if (flag.state === 'dismissed' && changed) return { event: 'reopened', life: opened(now) };
  if (flag.state === 'snoozed' && (flag.snoozedUntil ?? now) <= now)
    return { event: 'snooze_ended', life: opened(flag.openedAt) };
  if (changed) return { event: 'changed', life: lifeOf(flag) };
  return sameWording(flag, finding) ? null : { event: null, life: lifeOf(flag) };
}

/** What the absence of its finding makes of a flag; null: it is closed already. */
export function onAbsence(flag: Flag, why: string, now: Instant): Transition | null {
  if (flag.state === 'closed') return null;
  const life = { ...lifeOf(flag), state: 'closed', closedAt: now, reason: why } as const;
  return { event: 'closed', life: { ...life, snoozedUntil: null } };
}

/** Whether two findings of one identity say the same: what a person who dismissed it had judged. */
function sameSubstance(a: FlagFinding, b: FlagFinding): boolean {
  return (
    a.customerId === b.customerId &&
    a.severity === b.severity &&
    a.confidence === b.confidence &&
    a.credits === b.credits &&
    a.amount === b.amount &&
    a.currency === b.currency &&
    a.since === b.since &&
    sameRefs(a.evidence, b.evidence)
  );
}

/** Whether two lists hold the same references; their order says nothing. */
export function sameRefs(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  if (a.every((ref, i) => ref === b[i])) return true;
  const sorted = b.toSorted();
  return a.toSorted().every((ref, i) => ref === sorted[i]);
}

/** Whether the sentence and the sorting built from two findings of the same substance are the same. */
function sameWording(a: FlagFinding, b: FlagFinding): boolean {
  if (a.atRisk !== b.atRisk || a.atRiskCurrency !== b.atRiskCurrency) return false;
  const names = Object.keys(a.facts);
  return (
    names.length === Object.keys(b.facts).length &&
    names.every((name) => name in b.facts && a.facts[name] === b.facts[name])
  );
}
