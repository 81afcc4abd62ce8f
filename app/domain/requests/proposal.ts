import type { Asked } from '#app/domain/requests/asked.ts';

/** A remedy that is offered, already filled in: a person looks it over and asks for it. */
export interface Proposal {
  /** Of the button: `Grant 5,000`, `Refund $49.00…`. No two of one offer have the same. */
  label: string;
  asked: Asked;
}

export interface Offer {
  /** The likeliest first. */
  proposals: Proposal[];
  /** Why nothing is offered, and what to do instead; null: something is. */
  whyNone: string | null;
}

export const offer = (...proposals: Proposal[]): Offer => ({ proposals, whyNone: null });
export const noOffer = (whyNone: string): Offer => ({ proposals: [], whyNone });

type Shared = Pick<Asked, 'customerId' | 'reason' | 'evidence' | 'flagId'>;
type Refund = Extract<Asked, { kind: 'refund' }>;
type Adjustment = Extract<Asked, { kind: 'credit_adjustment' }>;

export const askRefund = (
  shared: Shared,
  what: Pick<Refund, 'paymentId' | 'amount' | 'currency' | 'ground'>,
): Refund => ({ kind: 'refund', ...shared, ...what, creditChoice: 'take_back_unspent' });

export const askCredits = (
  shared: Shared,
  what: Pick<Adjustment, 'credits' | 'cause'> &
    Partial<Pick<Adjustment, 'paymentId' | 'generationId'>>,
): Adjustment => ({
  kind: 'credit_adjustment',
  ...shared,
  paymentId: null,
  generationId: null,
  ...what,
});

/** A hold or its end stands beside other remedies for one flag, so it names none. */
export const askHold = (shared: Omit<Shared, 'flagId'>, hold: boolean): Asked => ({
  kind: 'generation_hold',
  ...shared,
  flagId: null,
  hold,
});
