import { formatCreditCount } from '#app/domain/money/credits.ts';
import type { Instant } from '#app/lib/instant.ts';
/** A refund as a letter tells of it: as Stripe and the book have it when the letter leaves. */
export interface RefundEmail {
  name: string;
  /** The amount with its currency, `$49.00`. */
  amount: string;
  /** The card that Stripe’s charge names; null: it names none. */
  last4: string | null;
  /** Null: neither Stripe nor the book tells. */
  chargedAt: Instant | null;
  /** When Stripe made the refund. */
  madeAt: Instant;
  now: Instant;
  /** Credits that were taken back with it, 0 or more. */
  takenBack: number;
}

/** Told with the refund, so that nobody finds out by the balance alone; null: none were taken. */
export const describeClawback = (credits: number): string | null => {
  if (credits === 0) return null;
  const verb = credits === 1 ? 'was' : 'were';
  return `With it, ${formatCreditCount(credits)} ${verb} taken back from your balance.`;
};
