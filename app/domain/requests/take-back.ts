import { wholePart } from '#app/domain/exact.ts';
import type { CreditChoice } from '#app/domain/requests/request.ts';

/*
 * What becomes of credits when their price is paid back. Only credits that came can be taken, and
 * unless someone asks for it in so many words the balance does not go below zero.
 */

export interface TakeBackFacts {
  /** Credits that the payment has brought so far, less what was taken back before; 0 or more. */
  granted: number;
  /** The ledger's balance now. */
  balance: number;
  /** Minor units. */
  amount: number;
  amountCaptured: number;
}

/** Credits that belong to the part of the price that goes back. */
export const shareOf = ({ granted, amount, amountCaptured }: TakeBackFacts): number =>
  amountCaptured <= 0 || amount >= amountCaptured
    ? granted
    : wholePart(granted, amount, amountCaptured);

/** Credits to take, 0 or more, for a choice. */
export function takeBackOf(choice: CreditChoice, facts: TakeBackFacts): number {
  const share = shareOf(facts);
  if (choice === 'keep') return 0;
  if (choice === 'take_back_all') return share;
  return Math.min(share, Math.max(0, facts.balance));
}
