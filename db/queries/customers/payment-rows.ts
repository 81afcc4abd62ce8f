import { and, eq, sql } from 'drizzle-orm';
import { preparedQuery } from '#db/prepared-query.ts';
import { keyset } from '#db/keyset.ts';
import type { Stretch } from '#db/keyset.ts';
import { invoice, payment } from '#db/schema/book.ts';
import type { Read } from '#db/select-types.ts';
import { param } from '#db/param.ts';

const payments = keyset({ customerId: payment.customerId, at: payment.createdAt, id: payment.id });

const paymentsFrom = (read: Read) =>
  read
    .select({
      id: payment.id,
      at: payment.createdAt,
      purpose: payment.purpose,
      credits: payment.credits,
      amount: payment.amount,
      currency: payment.currency,
      status: payment.status,
      capturedAt: payment.capturedAt,
      amountRefunded: payment.amountRefunded,
      refundedAt: payment.refundedAt,
      disputeStatus: payment.disputeStatus,
      cardLast4: payment.cardLast4,
      failure: sql<
        string | null
      >`coalesce(${payment.declineCode}, ${payment.failureCode}, ${payment.failureMessage})`
        .mapWith(payment.failureCode)
        .as('failure'),
      invoiceId: payment.invoiceId,
      invoiceSeen: invoice.id,
      invoiceNumber: invoice.number,
    })
    .from(payment)
    .leftJoin(
      invoice,
      and(eq(invoice.id, payment.invoiceId), eq(invoice.customerId, payment.customerId)),
    );

export type StoredPaymentRow = Awaited<ReturnType<typeof paymentsFrom>>[number];

/** Payments before the place, newest first. */
export const olderPayments = preparedQuery<Stretch, StoredPaymentRow>((read) =>
  paymentsFrom(read)
    .where(payments.older)
    .orderBy(...payments.newestFirst)
    .limit(payments.most),
);

/** Payments after the place, oldest first. */
export const newerPayments = preparedQuery<Stretch, StoredPaymentRow>((read) =>
  paymentsFrom(read)
    .where(payments.newer)
    .orderBy(...payments.oldestFirst)
    .limit(payments.most),
);

/** One of them, as the pages show it. */
export const paymentById = preparedQuery<{ customerId: string; id: string }, StoredPaymentRow>(
  (read) =>
    paymentsFrom(read)
      .where(and(payments.mine, eq(payment.id, param('id', payment.id))))
      .limit(1),
);

/** How many lie after the place up to and including `limitAt`. */
export const countNewerPayments = preparedQuery<Omit<Stretch, 'most'>, { rows: number }>((read) =>
  read
    .select({ rows: sql`count(*)`.mapWith(Number).as('rows') })
    .from(payment)
    .where(payments.newer),
);
