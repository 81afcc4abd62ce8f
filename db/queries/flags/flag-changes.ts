import { count, desc, eq, inArray } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import type { Severity } from '#app/domain/rules/rule.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import { account } from '#db/schema/account.ts';
import { customer } from '#db/schema/book.ts';
import { flag } from '#db/schema/flag.ts';
import type { Read } from '#db/store.ts';

const newestFlag = preparedQuery<Record<string, never>, { changedAt: Instant }>((read) =>
  read.select({ changedAt: flag.changedAt }).from(flag).orderBy(desc(flag.changedAt)).limit(1),
);

/** When any flag changed last; null: there is none. */
export const newestFlagChange = async (read: Read): Promise<Instant | null> =>
  (await newestFlag(read, {}))[0]?.changedAt ?? null;

/** For each of these customers a text that differs once its records or its flags were looked at anew. */
export const accountMarks = async (
  read: Read,
  customerIds: readonly string[],
): Promise<Map<string, string>> => {
  if (customerIds.length === 0) return new Map();
  const rows = await read
    .select({
      customerId: account.customerId,
      revision: account.revision,
      dirty: account.dirty,
      sweptAt: account.sweptAt,
    })
    .from(account)
    .where(inArray(account.customerId, [...customerIds]));
  return new Map(
    rows.map((row) => [row.customerId, `${row.revision} ${row.dirty} ${row.sweptAt}`]),
  );
};

export const countOpenFlags = async (
  read: Read,
): Promise<{ severity: Severity; count: number }[]> =>
  read
    .select({ severity: flag.severity, count: count() })
    .from(flag)
    .where(eq(flag.state, 'open'))
    .groupBy(flag.severity);

/** Whether any book was ever loaded. */
export const hasCustomers = async (read: Read): Promise<boolean> =>
  (await read.select({ id: customer.id }).from(customer).limit(1)).length > 0;
