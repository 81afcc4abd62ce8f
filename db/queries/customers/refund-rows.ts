import { and, eq, sql } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import { keyset } from '#db/keyset.ts';
import type { Stretch } from '#db/keyset.ts';
import { payment, refund } from '#db/schema/book.ts';
import type { Read } from '#db/select-types.ts';
import { param } from '#db/param.ts';

const refunds = keyset({ customerId: refund.customerId, at: refund.createdAt, id: refund.id });

const refundsFrom = (read: Read) =>
  read
    .select({
      id: refund.id,
      at: refund.createdAt,
      amount: refund.amount,
      currency: refund.currency,
      status: refund.status,
      paymentId: refund.paymentId,
      failure: refund.failureReason,
      paymentSeen: payment.id,
      cardLast4: payment.cardLast4,
    })
    .from(refund)
    .leftJoin(
      payment,
      and(eq(payment.id, refund.paymentId), eq(payment.customerId, refund.customerId)),
    );

export type StoredRefundRow = Awaited<ReturnType<typeof refundsFrom>>[number];

/** Refunds before the place, newest first. */
export const olderRefunds = preparedQuery<Stretch, StoredRefundRow>((read) =>
  refundsFrom(read)
    .where(refunds.older)
    .orderBy(...refunds.newestFirst)
    .limit(refunds.most),
);

/** Refunds after the place, oldest first. */
export const newerRefunds = preparedQuery<Stretch, StoredRefundRow>((read) =>
  refundsFrom(read)
    .where(refunds.newer)
    .orderBy(...refunds.oldestFirst)
    .limit(refunds.most),
);

/** One of them, as the pages show it. */
export const refundById = preparedQuery<{ customerId: string; id: string }, StoredRefundRow>(
  (read) =>
    refundsFrom(read)
      .where(and(refunds.mine, eq(refund.id, param('id', refund.id))))
      .limit(1),
);

/** How many lie after the place up to and including `limitAt`. */
export const countNewerRefunds = preparedQuery<Omit<Stretch, 'most'>, { rows: number }>((read) =>
  read
    .select({ rows: sql`count(*)`.mapWith(Number).as('rows') })
    .from(refund)
    .where(refunds.newer),
);

/** What has been refunded of each payment that has refunds, and how many refunds there are. */
export const refundTotals = preparedQuery<
  { customerId: string; asOf: Instant },
  { paymentId: string; counted: number; refunds: number }
>((read) =>
  read
    .select({
      paymentId: refund.paymentId,
      counted:
        sql`coalesce(sum(case when ${refund.status} in ('pending', 'requires_action', 'succeeded') then ${refund.amount} else 0 end), 0)`
          .mapWith(Number)
          .as('counted'),
      refunds: sql`count(*)`.mapWith(Number).as('refunds'),
    })
    .from(refund)
    .where(and(refunds.mine, sql`${refund.createdAt} <= ${param('asOf', refund.createdAt)}`))
    .groupBy(refund.paymentId),
);
