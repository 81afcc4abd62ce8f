import { flagKey } from '#app/domain/flags/flag.ts';
import type { Flag, FlagEventKind, FlagFinding } from '#app/domain/flags/flag.ts';
import { onAbsence, onFinding, sameRefs } from '#app/domain/flags/transitions.ts';
import type { Transition } from '#app/domain/flags/transitions.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Facts } from '#app/domain/book/record-ref.ts';
/** A flag that does not exist yet: the caller gives it an id. */
type NewFlag = Omit<Flag, 'id'>;

interface FlagOpening {
  kind: 'open';
  flag: NewFlag;
}
interface FlagUpdate {
  kind: 'update';
  /** As it was read: `id` and `version` are what the write compares. */
  before: Flag;
  after: Flag;
  event: FlagEventKind | null;
  detail: Facts | null;
}
export type FlagChange = FlagOpening | FlagUpdate;

/**
 * What findings make of flags: new → open, gone → closed with its reason, back → re-opened, other
 * figures → changed, else nothing. `existing` holds every flag of the customers that were looked at,
 * and every flag of another customer whose identity is among `findings` (its record has moved).
 * @param whyGone says in words why a flag's finding is there no more.
 */
export function diffFlags(
  existing: Iterable<Flag>,
  findings: Iterable<FlagFinding>,
  now: Instant,
  whyGone: (flag: Flag) => string,
): FlagChange[] {
  const found = new Map<string, FlagFinding>();
  for (const finding of findings) found.set(flagKey(finding), finding);
  const changes: FlagChange[] = [];
  for (const flag of existing) {
    const key = flagKey(flag);
    const finding = found.get(key);
    found.delete(key);
    const transition = finding
      ? onFinding(flag, finding, now)
      : onAbsence(flag, whyGone(flag), now);
    if (transition) changes.push(update(flag, finding, transition, now));
  }
  for (const finding of found.values()) changes.push({ kind: 'open', flag: fresh(finding, now) });
  return changes;
}

function update(
  before: Flag,
  finding: FlagFinding | undefined,
  { event, life }: Transition,
  now: Instant,
): FlagUpdate {
  const changedAt = event ? now : before.changedAt;
  const after = { ...before, ...finding, ...life, changedAt, version: before.version + 1 };
  return { kind: 'update', before, after, event, detail: detailOf(before, after) };
}

const fresh = (finding: FlagFinding, now: Instant): NewFlag => ({
  ...finding,
  state: 'open',
  openedAt: now,
  closedAt: null,
  reason: null,
  snoozedUntil: null,
  assigneeId: null,
  changedAt: now,
  version: 1,
});

/** The figures that moved, as `<name>` and `<name>Before`: the history's own words. */
function detailOf(before: Flag, after: Flag): Facts | null {
  const names = ['customerId', 'severity', 'confidence', 'credits', 'amount', 'currency'] as const;
  const detail: Facts = {};
  for (const name of names) {
    if (before[name] === after[name]) continue;
    detail[name] = after[name];
    detail[`${name}Before`] = before[name];
  }
  if (before.since !== after.since) detail.since = after.since;
  if (!sameRefs(before.evidence, after.evidence)) detail.evidence = after.evidence.length;
  return Object.keys(detail).length > 0 ? detail : null;
}
