import { formatMoney } from '#app/domain/money/money.ts';
import { identityMismatches } from '#app/domain/remedies/charge-identity.ts';
import type { ChargeIdentity } from '#app/domain/remedies/charge-identity.ts';
import { paymentIdsOf } from '#app/domain/book/payment-ids.ts';
import type { NamedByStripe } from '#app/domain/book/payment-ids.ts';
import { isReversed } from '#app/domain/book/refund-status.ts';

/*
 * Where Stripe and the book tell different stories. Only told, never put right by guess.
 */

export type DiscrepancyKind =
  | 'only_at_stripe'
  | 'only_here'
  | 'amount_differs'
  | 'status_differs'
  | 'dispute_differs'
  | 'charge_differs'
  | 'unknown_charge';

/** What differs, in a few words. */
export const DISCREPANCY_LABELS: Record<DiscrepancyKind, string> = {
  only_at_stripe: 'Refund only at Stripe',
  only_here: 'Refund only in our data',
  amount_differs: 'Amount of a refund',
  status_differs: 'State of a refund',
  dispute_differs: 'Dispute of a charge',
  charge_differs: 'Customer, card or amount of a charge',
  unknown_charge: 'Charge not in our data',
};

export interface Discrepancy {
  kind: DiscrepancyKind;
  /** The payment's name in the book, where it is known. */
  chargeId: string;
  refundId: string | null;
  /** Null: the book does not know whose it is. */
  customerId: string | null;
  words: string;
}

interface RefundFacts {
  id: string;
  amount: number;
  currency: string;
  status: string;
}
interface TheirRefund extends RefundFacts, NamedByStripe {}
export interface OurRefund extends RefundFacts {
  paymentId: string;
  customerId: string;
}
/** The dispute of a charge in the book's words; null: none that matters. */
type DisputeLabel = 'inquiry' | 'open' | 'won' | 'lost' | null;
export interface OurPayment {
  id: string;
  customerId: string;
  currency: string;
  disputeStatus: DisputeLabel;
}
/** A payment of the book with all by which its charge is known. */
export interface OurCharge extends OurPayment {
  identity: ChargeIdentity;
}

/** Stripe's word for a dispute in the book's. */
function disputeLabel(statuses: readonly string[]): DisputeLabel {
  const words = statuses.map((status) => {
    if (status.startsWith('warning_')) return status === 'warning_closed' ? null : 'inquiry';
    return status === 'won' || status === 'lost' ? status : 'open';
  });
  return (['open', 'lost', 'inquiry', 'won'] as const).find((word) => words.includes(word)) ?? null;
}

interface Sides {
  theirs: readonly TheirRefund[];
  ours: readonly OurRefund[];
  payments: ReadonlyMap<string, OurPayment>;
}

/** What differs between the refunds of one stretch of time, as Stripe and as the book has them. */
export function refundDiscrepancies({ theirs, ours, payments }: Sides): Discrepancy[] {
  const known = new Map(ours.map((refund) => [refund.id, refund]));
  const there = new Set(theirs.map(({ id }) => id));
  const found = theirs.flatMap((refund) => discrepancyOf(refund, known.get(refund.id), payments));
  const missing = ours.filter(({ id }) => !there.has(id));
  return [
    ...found,
    ...missing.map(({ id, paymentId, customerId, amount, currency }) => ({
      ...{ kind: 'only_here' as const, chargeId: paymentId, refundId: id, customerId },
      words: `Our data has refund ${id} of ${formatMoney(amount, currency)}; Stripe has none.`,
    })),
  ];
}

function discrepancyOf(
  theirs: TheirRefund,
  ours: OurRefund | undefined,
  payments: ReadonlyMap<string, OurPayment>,
): Discrepancy[] {
  const names = paymentIdsOf(theirs);
  const payment = names.flatMap((name) => payments.get(name) ?? [])[0];
  const chargeId = payment?.id ?? names[0] ?? '';
  const customerId = payment?.customerId ?? null;
  const drift = (kind: DiscrepancyKind, words: string): Discrepancy[] => [
    { kind, chargeId, refundId: theirs.id, customerId, words },
  ];
  // Other servers leave it out; then it is what the charge was paid in.
  const currency = theirs.currency || (ours?.currency ?? payment?.currency ?? '');
  const money = (minor: number): string => formatMoney(minor, currency);
  if (customerId === null)
    return drift('unknown_charge', `${theirs.id} refunds charge ${chargeId}, not in our data.`);
  if (!ours) {
    // One that came to nothing moved no money: the book need not know of it.
    if (isReversed(theirs.status)) return [];
    return drift('only_at_stripe', `Stripe has refund ${theirs.id} of ${money(theirs.amount)}.`);
  }
  if (ours.amount !== theirs.amount || ours.currency !== currency) {
    const here = formatMoney(ours.amount, ours.currency);
    return drift(
      'amount_differs',
      `${theirs.id}: ${money(theirs.amount)} at Stripe, ${here} here.`,
    );
  }
  return ours.status === theirs.status
    ? []
    : drift('status_differs', `${theirs.id}: ${theirs.status} at Stripe, ${ours.status} here.`);
}

/** Whether a charge's dispute is told the same; `theirs`: Stripe's statuses of its disputes. */
export function disputeDiscrepancies(
  ours: OurPayment,
  theirs: readonly string[],
): Discrepancy | null {
  const word = disputeLabel(theirs);
  // A won dispute and none come to the same for the money.
  if (word === ours.disputeStatus || (word ?? 'won') === (ours.disputeStatus ?? 'won')) return null;
  return {
    ...{ kind: 'dispute_differs', chargeId: ours.id, refundId: null, customerId: ours.customerId },
    words: `The dispute of ${ours.id} is ${word ?? 'none'} at Stripe, ${ours.disputeStatus ?? 'none'} here.`,
  };
}

/** Whether Stripe's charge is the payment that the book means; null: as far as is known it is. */
export function chargeDiscrepancies(ours: OurCharge, theirs: ChargeIdentity): Discrepancy | null {
  const mismatches = identityMismatches(ours.identity, theirs);
  if (mismatches.length === 0) return null;
  return {
    ...{ kind: 'charge_differs', chargeId: ours.id, refundId: null, customerId: ours.customerId },
    words: mismatches.join(' '),
  };
}
