import { and, asc, between, count, desc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Flag, FlagState } from '#app/domain/flags/flag.ts';
import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { SEVERITIES } from '#app/domain/rules/rule.ts';
import type { RuleId, Severity } from '#app/domain/rules/rule.ts';
import { dialect } from '#db/dialect/dialect.ts';
import { fastAll } from '#db/prepared-query.ts';
import { FLAG_COLUMNS } from '#db/queries/flags/flags.ts';
import { customer } from '#db/schema/book.ts';
import { flag } from '#db/schema/flag.ts';
import { staff } from '#db/schema/staff.ts';
import type { Read } from '#db/store.ts';

export interface FlagFilter {
  state: FlagState;
  rule?: RuleId | undefined;
  severity?: Severity | undefined;
  /** null: flags that nobody has. */
  assigneeId?: string | null | undefined;
}

/**
 * Within a severity: the oldest first, or the most money at risk first (minor units, whatever the currency).
 * @internal
 */
export const FLAG_SORTS = ['age', 'money'] as const;
export type FlagSort = (typeof FLAG_SORTS)[number];

/** The place of a flag in the queue; `key` is its `since`, or its money at risk (-1: unknown). */
export interface FlagCursor {
  severity: Severity;
  key: number;
  id: string;
}

export interface QueuedFlag extends Flag {
  /** null: only other records mention this customer. */
  customerName: string | null;
  assigneeName: string | null;
}

const filtered = (filter: FlagFilter): SQL | undefined =>
  and(
    eq(flag.state, filter.state),
    filter.rule ? eq(flag.rule, filter.rule) : undefined,
    filter.severity ? eq(flag.severityRank, SEVERITIES.indexOf(filter.severity)) : undefined,
    filter.assigneeId === null
      ? isNull(flag.assigneeId)
      : filter.assigneeId
        ? eq(flag.assigneeId, filter.assigneeId)
        : undefined,
  );

const money = sql<number>`coalesce(${flag.atRisk}, -1)`;

/** Everything that comes after the cursor: (severity, key, id) compared part by part. */
const behind = (sort: FlagSort, { severity, key, id }: FlagCursor): SQL | undefined => {
  const rank = SEVERITIES.indexOf(severity);
  const later = sort === 'age' ? gt(flag.since, key) : lt(money, key);
  const equal = sort === 'age' ? eq(flag.since, key) : eq(money, key);
  return or(
    gt(flag.severityRank, rank),
    and(eq(flag.severityRank, rank), or(later, and(equal, gt(flag.id, id)))),
  );
};

/** One page of the queue, worst first. `next` is null on the last page. */
export const listFlags = async (
  read: Read,
  filter: FlagFilter,
  page: { sort: FlagSort; after?: FlagCursor | null; limit: number },
): Promise<{ flags: QueuedFlag[]; next: FlagCursor | null }> => {
  const { sort, after, limit } = page;
  const order = sort === 'age' ? asc(flag.since) : desc(money);
  const rows = await fastAll(
    read,
    read
      .select({ ...FLAG_COLUMNS, customerName: customer.name, assigneeName: staff.name })
      .from(flag)
      .leftJoin(customer, eq(customer.id, flag.customerId))
      .leftJoin(staff, eq(staff.id, flag.assigneeId))
      .where(and(filtered(filter), after ? behind(sort, after) : undefined))
      .orderBy(asc(flag.severityRank), order, asc(flag.id))
      .limit(limit + 1),
  );
  const flags = rows.slice(0, limit);
  const last = rows.length > limit ? flags.at(-1) : undefined;
  return { flags, next: last ? cursorOf(last, sort) : null };
};

const cursorOf = ({ severity, since, atRisk, id }: Flag, sort: FlagSort): FlagCursor => ({
  severity,
  key: sort === 'age' ? since : (atRisk ?? -1),
  id,
});

/** How many flags pass the filter, by rule and severity; rules without any are missing. */
export const countFlagsByRule = async (
  read: Read,
  filter: FlagFilter,
): Promise<{ rule: RuleId; severity: Severity; count: number }[]> =>
  read
    .select({ rule: flag.rule, severity: flag.severity, count: count() })
    .from(flag)
    .where(filtered(filter))
    .groupBy(flag.rule, flag.severity);

const openedDay = sql<number>`${
  dialect === 'sqlite'
    ? sql`${flag.openedAt} / ${sql.raw(String(DAY))}`
    : sql`floor(extract(epoch from ${flag.openedAt}) / 86400)`
}`.mapWith(Number);

/**
 * How many flags opened, by UTC day (days since 1970) and rule; a flag that opened again counts on its
 * latest day only. Ordered by day.
 */
export const countOpenedByDay = async (
  read: Read,
  period: { from: Instant; to: Instant },
): Promise<{ day: number; rule: RuleId; count: number }[]> => {
  const day = openedDay.as('day');
  return read
    .select({ day, rule: flag.rule, count: count() })
    .from(flag)
    .where(between(flag.openedAt, period.from, period.to))
    .groupBy(sql`day`, flag.rule)
    .orderBy(sql`day`, flag.rule);
};
