import type { Customer, Payment } from '#app/domain/book/records.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type { ChargeFacts } from '#app/domain/remedies/refund-guards.ts';

/*
 * Whether Stripe's charge is the payment that the book means: the same customer, card, currency and
 * captured amount. What either side does not know is not compared.
 */

/** Whose a charge is and how it was paid; null: not known. */
export interface ChargeIdentity {
  stripeCustomerId: string | null;
  cardLast4: string | null;
  cardFingerprint: string | null;
  currency: string;
  /** Minor units of `currency`; null: nothing was captured, or it is not known. */
  amountCaptured: number | null;
}

export interface IdentityGuard {
  id: 'charge_customer' | 'charge_card' | 'charge_currency' | 'charge_amount';
  holds: boolean;
  words: string;
}

type BookedPayment = Pick<
  Payment,
  'amount' | 'amountCaptured' | 'capturedAt' | 'cardFingerprint' | 'cardLast4' | 'currency'
> & { status: Payment['status'] };

/** What the book knows of a payment. `customer`: null where the book has only the payment. */
export const identityInBook = (
  payment: BookedPayment,
  customer: Pick<Customer, 'stripeCustomerId'> | null,
): ChargeIdentity => {
  const captured = payment.status === 'succeeded' && payment.capturedAt !== null;
  return {
    stripeCustomerId: customer?.stripeCustomerId ?? null,
    cardLast4: payment.cardLast4,
    cardFingerprint: payment.cardFingerprint,
    currency: payment.currency,
    amountCaptured: captured ? (payment.amountCaptured ?? payment.amount) : null,
  };
};

/** What Stripe says of a charge at this moment. */
export const identityAtStripe = (
  charge: Pick<ChargeFacts, 'amountCaptured' | 'captured' | 'currency'> &
    Pick<ChargeIdentity, 'stripeCustomerId' | 'cardLast4' | 'cardFingerprint'>,
): ChargeIdentity => {
  const { stripeCustomerId, cardLast4, cardFingerprint, currency } = charge;
  const amountCaptured = charge.captured ? charge.amountCaptured : null;
  return { stripeCustomerId, cardLast4, cardFingerprint, currency, amountCaptured };
};

/** One guard for each thing that can be compared. Currency and amount are named only where they differ. */
export const identityGuards = (book: ChargeIdentity, stripe: ChargeIdentity): IdentityGuard[] => [
  ...customerGuard(book, stripe),
  ...cardGuard(book, stripe),
  ...moneyGuards(book, stripe),
];

/** What does not agree, in words; empty: nothing. */
export const identityMismatches = (book: ChargeIdentity, stripe: ChargeIdentity): string[] =>
  identityGuards(book, stripe).flatMap(({ holds, words }) => (holds ? [] : [words]));

function customerGuard(
  { stripeCustomerId: ours }: ChargeIdentity,
  { stripeCustomerId: theirs }: ChargeIdentity,
): IdentityGuard[] {
  if (ours === null || theirs === null) return [];
  const holds = ours === theirs;
  const words = holds
    ? `The charge belongs to Stripe customer ${ours}, as in our data.`
    : `The charge belongs to Stripe customer ${theirs}; our data says ${ours}.`;
  return [{ id: 'charge_customer', holds, words }];
}

function cardGuard(book: ChargeIdentity, stripe: ChargeIdentity): IdentityGuard[] {
  const { cardLast4: ours, cardFingerprint: ourPrint } = book;
  const { cardLast4: theirs, cardFingerprint: theirPrint } = stripe;
  const known = (ours !== null && theirs !== null) || (ourPrint !== null && theirPrint !== null);
  if (!known) return [];
  const id = 'charge_card';
  if (ours !== null && theirs !== null && ours !== theirs) {
    const words = `The charge was paid with the card ending ${theirs}; our data says ${ours}.`;
    return [{ id, holds: false, words }];
  }
  const ending = ours ?? theirs;
  const card = ending === null ? 'card' : `card ending ${ending}`;
  const holds = ourPrint === null || theirPrint === null || ourPrint === theirPrint;
  const words = holds
    ? `Paid with the ${card}, as in our data.`
    : `The charge was paid with another ${card} than in our data: the fingerprints differ.`;
  return [{ id, holds, words }];
}

function moneyGuards(book: ChargeIdentity, stripe: ChargeIdentity): IdentityGuard[] {
  const found: IdentityGuard[] = [];
  if (book.currency !== stripe.currency) {
    const [ours, theirs] = [book.currency.toUpperCase(), stripe.currency.toUpperCase()];
    const words = `The charge is in ${theirs}; our data has the payment in ${ours}.`;
    found.push({ id: 'charge_currency', holds: false, words });
  }
  const { amountCaptured: ours } = book;
  const { amountCaptured: theirs } = stripe;
  if (ours !== null && theirs !== null && ours !== theirs) {
    const theirMoney = formatMoney(theirs, stripe.currency);
    const words = `Stripe captured ${theirMoney}; our data has ${formatMoney(ours, book.currency)}.`;
    found.push({ id: 'charge_amount', holds: false, words });
  }
  return found;
}
