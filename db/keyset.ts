import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Instant } from '#app/lib/instant.ts';
import { param } from '#db/param.ts';

/** One customer's rows from the place (at, id), not included, on, up to `limitAt` on that side. */
export type Stretch = {
  customerId: string;
  at: Instant;
  id: string;
  /** Included. */
  limitAt: Instant;
  most: number;
};

interface Keys {
  customerId: PgColumn;
  at: PgColumn;
  id: PgColumn;
}

/**
 * Conditions and orders to page a customer's rows by (at, id) in either direction; the slots are the
 * fields of `Stretch`. An index on (customerId, at, id) makes the thousandth page as cheap as the first.
 */
export const keyset = ({ customerId, at, id }: Keys) => {
  const order = sql`(${at}, ${id})`;
  const place = sql`(${param('at', at)}, ${param('id', id)})`;
  const limit = param('limitAt', at);
  const mine = eq(customerId, param('customerId', customerId));
  return {
    mine,
    older: and(mine, sql`${order} < ${place}`, sql`${at} >= ${limit}`),
    newer: and(mine, sql`${order} > ${place}`, sql`${at} <= ${limit}`),
    newestFirst: [desc(at), desc(id)],
    oldestFirst: [asc(at), asc(id)],
    most: sql.placeholder('most'),
  };
};
