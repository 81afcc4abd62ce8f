import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { may } from '#app/domain/access/roles.ts';
import { ruleById, RULES } from '#app/domain/rules/registry.ts';
import { SEVERITIES } from '#app/domain/rules/rule.ts';
import type { RuleId, Severity } from '#app/domain/rules/rule.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { filterOf, loadFlagLines } from '#app/services/flags/load-flag-lines.ts';
import type { FlagQuery, FlagLines } from '#app/services/flags/load-flag-lines.ts';
import { countFlagsByRule, countOpenedByDay } from '#db/queries/flags/flag-queue.ts';
import { hasCustomers } from '#db/queries/flags/flag-changes.ts';
import { listStaff } from '#db/queries/access/staff.ts';

/** How many days the chart goes back, today included. */
const DAYS = 30;

export interface RuleCount {
  rule: RuleId;
  title: string;
  severity: Severity;
  /** Flags that pass the filters, the one by rule left out. */
  count: number;
  /** Flags of the rule opened on each day of the chart. */
  opened: number[];
}
export interface FlagQueue extends FlagLines {
  now: Instant;
  /** Flags that pass all filters. */
  total: number;
  bySeverity: Record<Severity, number>;
  /** Rules with flags, or with flags opened lately, gravest first. */
  rules: RuleCount[];
  /** The chart's days, as days since 1970 in UTC, oldest first. */
  days: number[];
  /** People whom a flag can be given to. */
  staff: { id: string; name: string }[];
  /** False: nobody has loaded a book yet. */
  hasBook: boolean;
}

/** The queue with its counts and its chart; null where the assignee is nobody we know. Writes nothing. */
export async function loadFlagQueue(deps: StaffDeps, ask: FlagQuery): Promise<FlagQueue | null> {
  const { read } = deps.store;
  const now = deps.now();
  const today = Math.floor(now / DAY);
  const filter = filterOf(deps, ask);
  const staff = await listStaff(read);
  const { assignee = 'me' } = ask;
  const known = ['me', 'nobody', ...staff.map(({ id }) => id)];
  if (!known.includes(assignee)) return null;
  const [lines, counts, opened, hasBook] = await Promise.all([
    loadFlagLines(deps, ask),
    countFlagsByRule(read, { ...filter, rule: undefined, severity: undefined }),
    countOpenedByDay(read, { from: (today - DAYS + 1) * DAY, to: now }),
    hasCustomers(read),
  ]);
  const days = Array.from({ length: DAYS }, (_, place) => today - DAYS + 1 + place);
  return {
    ...lines,
    now,
    days,
    hasBook,
    rules: ruleCounts(counts, opened, days, ask),
    ...totals(counts, ask),
    staff: staff
      .filter(({ role, disabledAt }) => disabledAt === null && may(role, 'flags.dismiss-low'))
      .map(({ id, name }) => ({ id, name })),
  };
}

type Counts = { rule: RuleId; severity: Severity; count: number }[];

function ruleCounts(
  counts: Counts,
  opened: { day: number; rule: RuleId; count: number }[],
  days: number[],
  { severity }: FlagQuery,
): RuleCount[] {
  const ofSeverity = counts.filter((one) => severity === undefined || one.severity === severity);
  const all = RULES.map(({ id, title }) => ({
    rule: id,
    title,
    severity: ruleById(id).severity,
    count: sum(ofSeverity.filter(({ rule }) => rule === id)),
    opened: days.map((day) => sum(opened.filter((one) => one.rule === id && one.day === day))),
  }));
  return all
    .filter(({ count, opened: byDay }) => count > 0 || byDay.some((of) => of > 0))
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

function totals(
  counts: Counts,
  { rule, severity }: FlagQuery,
): Pick<FlagQueue, 'total' | 'bySeverity'> {
  const ofRule = counts.filter((one) => rule === undefined || one.rule === rule);
  const of = (level: Severity): number => sum(ofRule.filter((one) => one.severity === level));
  return {
    total: sum(ofRule.filter((one) => severity === undefined || one.severity === severity)),
    bySeverity: {
      critical: of('critical'),
      high: of('high'),
      medium: of('medium'),
      low: of('low'),
    },
  };
}

const sum = (of: readonly { count: number }[]): number =>
  of.reduce((total, { count }) => total + count, 0);
