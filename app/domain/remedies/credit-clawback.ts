import { mulDiv } from '#app/domain/money/mul-div.ts';
import type { CreditChoice } from '#app/domain/requests/request.ts';

/*
 * What becomes of credits when their price is paid back. Only credits that came can be taken, and
 * unless someone asks for it in so many words the balance does not go below zero.
 */

/** What the ledger says of the credits of one payment, each 0 or more. */
export interface PaymentCredits {
  gained: number;
  /** What was revoked or set right by somebody else than our refunds. */
  lost: number;
  /** What our refunds have taken and not returned. */
  taken: number;
}

/**
 * How many credits the payment has brought, and how many of these refunds have taken back. A loss is a
 * refund's as far as a refund stands that it can belong to; what goes beyond was never the payment's.
 */
export function creditsBehind(
  { gained, lost, taken }: PaymentCredits,
  { amountRefunded, amountCaptured }: { amountRefunded: number; amountCaptured: number },
): { brought: number; taken: number } {
  const refunded = gained - paidFor(gained, amountCaptured - amountRefunded, amountCaptured);
  const elsewhere = amountRefunded > 0 ? Math.min(lost, Math.max(0, refunded - taken)) : 0;
  return { brought: Math.max(0, gained - (lost - elsewhere)), taken: taken + elsewhere };
}

export interface ClawbackFacts {
  /** Credits that the payment has brought, 0 or more. */
  brought: number;
  /** Of these, credits that were taken back before, 0 or more. */
  taken: number;
  /** The ledger's balance now. */
  balance: number;
  /** What goes back now, in minor units. */
  amount: number;
  /** What went back before. */
  amountRefunded: number;
  amountCaptured: number;
}

/** Credits that the money kept pays for. */
const paidFor = (brought: number, kept: number, captured: number): number =>
  captured <= 0 || kept <= 0 ? 0 : mulDiv(brought, Math.min(kept, captured), captured);

/**
 * Credits that belong to the part of the price that goes back. The parts of several refunds add up to
 * all that came, to the credit.
 */
function shareOf(facts: ClawbackFacts): number {
  const { brought, taken, amount, amountRefunded, amountCaptured } = facts;
  const before = amountCaptured - amountRefunded;
  const share =
    paidFor(brought, before, amountCaptured) - paidFor(brought, before - amount, amountCaptured);
  return Math.max(0, Math.min(brought - taken, share));
}

/**
 * Credits of all that were delivered, whatever was taken again, whose price goes back by a refund. It
 * changes only when more come, give or take one that is rounded.
 */
export function creditsUnpaid(
  delivered: number,
  {
    amount,
    amountRefunded,
    amountCaptured,
  }: Pick<ClawbackFacts, 'amount' | 'amountRefunded' | 'amountCaptured'>,
): number {
  const before = amountCaptured - amountRefunded;
  return (
    paidFor(delivered, before, amountCaptured) - paidFor(delivered, before - amount, amountCaptured)
  );
}

/** Credits to take, 0 or more, for a choice. */
export function clawbackOf(choice: CreditChoice, facts: ClawbackFacts): number {
  const share = shareOf(facts);
  if (choice === 'keep') return 0;
  if (choice === 'take_back_all') return share;
  return Math.min(share, Math.max(0, facts.balance));
}
