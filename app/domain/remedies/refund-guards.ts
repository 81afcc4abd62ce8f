import { formatMoney, smallestStep } from '#app/domain/money/money.ts';
import type { RefundContent } from '#app/domain/requests/request.ts';

/*
 * What must hold before money goes back: asked, decided and sent. The same questions each time, first of
 * the book, then of what the payment provider says at that moment.
 */

/** A charge as the book or the payment provider tells it. Minor units of `currency`. */
export interface ChargeFacts {
  /** Whether the money was taken at all; an authorisation is not. */
  captured: boolean;
  amountCaptured: number;
  /** Refunds that are on their way or done, wherever they were made. */
  amountRefunded: number;
  currency: string;
  /** A dispute that keeps refunds from being made. */
  blockedByDispute: boolean;
}

export interface Guard {
  id: 'captured' | 'currency' | 'dispute' | 'amount';
  holds: boolean;
  words: string;
}

/**
 * What may still be refunded: captured, less refunded, less what others have asked for. At least 0.
 * @internal
 */
export const refundable = (charge: ChargeFacts, reserved: number): number =>
  charge.captured ? Math.max(0, charge.amountCaptured - charge.amountRefunded - reserved) : 0;

/**
 * The guards of a refund, in the order in which a person would ask.
 * @param reserved minor units of other requests for the same charge that are open, being sent or unclear
 *   and that `charge` does not count yet.
 */
export function refundGuards(
  refund: Pick<RefundContent, 'amount' | 'currency'>,
  charge: ChargeFacts,
  reserved: number,
): Guard[] {
  const left = refundable(charge, reserved);
  const money = (minor: number): string => formatMoney(minor, charge.currency);
  const taken = reserved > 0 ? `, ${money(reserved)} is already requested` : '';
  const sound = Number.isSafeInteger(refund.amount) && refund.amount > 0;
  const step = smallestStep(charge.currency);
  const moves = sound && refund.amount % step === 0;
  return [
    {
      id: 'captured',
      holds: charge.captured,
      words: charge.captured
        ? `${money(charge.amountCaptured)} was captured.`
        : 'Nothing was captured. An authorization expires on its own and cannot be refunded.',
    },
    {
      id: 'currency',
      holds: refund.currency === charge.currency,
      words:
        refund.currency === charge.currency
          ? `The charge is in ${charge.currency.toUpperCase()}.`
          : `The charge is in ${charge.currency.toUpperCase()}, not in ${refund.currency.toUpperCase()}.`,
    },
    {
      id: 'dispute',
      holds: !charge.blockedByDispute,
      words: charge.blockedByDispute
        ? 'The charge is disputed. The bank decides about the money; a refund would pay twice.'
        : 'Not disputed.',
    },
    {
      id: 'amount',
      holds: moves && refund.amount <= left,
      words: !sound
        ? 'The amount must be a whole number of minor units above 0.'
        : moves
          ? `${money(left)} can still be refunded (${money(charge.amountRefunded)} has been${taken}).`
          : `Amounts in ${charge.currency.toUpperCase()} move in steps of ${money(step)}.`,
    },
  ];
}

/** The first guard that does not hold, in words; null: all hold. */
export const firstObstacle = (guards: readonly Guard[]): string | null =>
  guards.find(({ holds }) => !holds)?.words ?? null;

/** What is different at the payment provider from what the deciders saw, in words; empty: nothing. */
export function chargeDifferences(seen: ChargeFacts, now: ChargeFacts): string[] {
  const money = (minor: number): string => formatMoney(minor, now.currency);
  const differences: string[] = [];
  if (seen.captured !== now.captured)
    differences.push(
      now.captured ? 'The charge has been captured.' : 'The charge is not captured.',
    );
  if (seen.amountCaptured !== now.amountCaptured)
    differences.push(
      `Captured: ${money(now.amountCaptured)} instead of ${money(seen.amountCaptured)}.`,
    );
  if (seen.amountRefunded !== now.amountRefunded) differences.push(refundedSince(seen, now, money));
  if (seen.blockedByDispute !== now.blockedByDispute)
    differences.push(
      now.blockedByDispute ? 'A dispute has been opened.' : 'The dispute no longer blocks refunds.',
    );
  return differences;
}

function refundedSince(
  { amountRefunded: before }: ChargeFacts,
  { amountRefunded: after }: ChargeFacts,
  money: (minor: number) => string,
): string {
  const instead = `Refunded: ${money(after)} instead of ${money(before)}`;
  // Less than before: a refund has come back.
  return after > before
    ? `${instead}; ${money(after - before)} went back meanwhile.`
    : `${instead}; ${money(before - after)} has come back.`;
}
