import type { Payment, Refund } from '#app/domain/book/records.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';
import type { ChargeFacts } from '#app/domain/remedies/refund-guards.ts';

/*
 * One charge as two sources tell it. The payment provider is believed, save that a refund that only the
 * book knows counts as well: of money that may have gone, more is assumed rather than less.
 */

/** A refund as far as sums are concerned. */
export interface CountedRefund {
  id: string;
  amount: number;
  /** Whether its money has come back or never left. */
  undone: boolean;
}

export const countedRefunds = (
  refunds: readonly (Pick<Refund, 'id' | 'amount'> & { status: string })[],
): CountedRefund[] =>
  refunds.map(({ id, amount, status }) => ({ id, amount, undone: isReversed(status) }));

const sumOf = (refunds: readonly CountedRefund[]): number =>
  refunds.reduce((sum, { amount, undone }) => (undone ? sum : sum + amount), 0);

/** What the book says of a payment. */
export function chargeInBook(
  payment: Pick<
    Payment,
    | 'status'
    | 'capturedAt'
    | 'amount'
    | 'amountCaptured'
    | 'amountRefunded'
    | 'currency'
    | 'disputeStatus'
  >,
  refunds: readonly CountedRefund[],
): ChargeFacts {
  const captured = payment.status === 'succeeded' && payment.capturedAt !== null;
  return {
    captured,
    amountCaptured: captured ? (payment.amountCaptured ?? payment.amount) : 0,
    amountRefunded: Math.max(payment.amountRefunded ?? 0, sumOf(refunds)),
    currency: payment.currency,
    blockedByDispute: payment.disputeStatus === 'open' || payment.disputeStatus === 'lost',
  };
}

/**
 * The charge as the payment provider tells it now, its refunds and those of the book counted once each.
 * What the provider says of a refund goes before what the book says.
 */
export function chargeNow(
  live: ChargeFacts,
  liveRefunds: readonly CountedRefund[],
  bookRefunds: readonly CountedRefund[],
): ChargeFacts {
  const known = onceEach(liveRefunds, bookRefunds);
  return { ...live, amountRefunded: Math.max(live.amountRefunded, known) };
}

/** What is refunded by the charge's own figure and by no refund that anybody names; 0 or more. */
export const unnamedRefunds = (
  live: Pick<ChargeFacts, 'amountRefunded'>,
  liveRefunds: readonly CountedRefund[],
  bookRefunds: readonly CountedRefund[],
): number => Math.max(0, live.amountRefunded - onceEach(liveRefunds, bookRefunds));

function onceEach(
  liveRefunds: readonly CountedRefund[],
  bookRefunds: readonly CountedRefund[],
): number {
  const known = new Map(bookRefunds.map((refund) => [refund.id, refund]));
  for (const refund of liveRefunds) known.set(refund.id, refund);
  return sumOf([...known.values()]);
}
