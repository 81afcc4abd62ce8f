import type { RecordRef } from '#app/domain/book/record-ref.ts';
import type { Instant } from '#app/lib/instant.ts';
/** A remedy someone asked for. Invoice remedies join this list with their own content. */
export const REQUEST_KINDS = ['refund', 'credit_adjustment', 'generation_hold'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** @internal */
export const REQUEST_STATES = [
  'requested',
  'approved',
  'sending',
  'succeeded',
  'failed',
  'needs_review',
  'rejected',
  'sent_back',
  'withdrawn',
  'expired',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** States in which the amount of a refund is reserved: nobody else may ask for it meanwhile. */
export const RESERVING_STATES = [
  'requested',
  'sent_back',
  'approved',
  'sending',
  'needs_review',
] as const satisfies readonly RequestState[];

/** Why money goes back. The first three are the ones that customers have been told of. */
export const REFUND_GROUNDS = [
  'technical_issue',
  'duplicate_charge',
  'charge_after_cancellation',
  'other',
] as const;
export type RefundGround = (typeof REFUND_GROUNDS)[number];

export const ADJUSTMENT_CAUSES = [
  'missing_credits',
  'failed_generation',
  'overcharged_generation',
  'negative_balance',
  'excess_credits',
  'refund_take_back',
  'other',
] as const;
export type AdjustmentCause = (typeof ADJUSTMENT_CAUSES)[number];

/** What becomes of the credits that the refunded payment has brought. */
export const CREDIT_CHOICES = ['take_back_unspent', 'take_back_all', 'keep'] as const;
export type CreditChoice = (typeof CREDIT_CHOICES)[number];

/** That the same is wanted a second time, and why; goes to the decider. */
export interface RepeatedRequest {
  /** The request that it repeats, as the asker was shown it. */
  after: string;
  because: string;
}

interface Asked {
  customerId: string;
  /** In the asker's words; goes to the decider, never to the customer. */
  reason: string;
  evidence: RecordRef[];
  flagId: string | null;
  /** Left out where it repeats nothing: the hash of such a request does not know the word. */
  again?: RepeatedRequest;
}

export interface RefundContent extends Asked {
  kind: 'refund';
  /** The payment's id, which is the Stripe charge's. */
  paymentId: string;
  /** Minor units of `currency`, above 0. */
  amount: number;
  currency: string;
  ground: RefundGround;
  creditChoice: CreditChoice;
  /** Credits to take back, 0 or more, as previewed when asked. */
  takeBack: number;
}

export interface AdjustmentContent extends Asked {
  kind: 'credit_adjustment';
  /** Signed, never 0. */
  credits: number;
  cause: AdjustmentCause;
  paymentId: string | null;
  generationId: string | null;
}

export interface HoldContent extends Asked {
  kind: 'generation_hold';
  hold: boolean;
}

/** What was asked, and what a decision is bound to by its hash. */
export type RequestContent = RefundContent | AdjustmentContent | HoldContent;

export interface RemedyRequest {
  id: string;
  state: RequestState;
  /** Raised by one at every change of the row: what compare-and-set compares. */
  version: number;
  /** Raised by one at every change of the content: what approvals are bound to. */
  revision: number;
  content: RequestContent;
  requestedBy: string;
  /** Everyone who asked for it or changed it: none of them may decide it. */
  touchedBy: string[];
  requestedAt: Instant;
  expiresAt: Instant;
  ticket: string | null;
}
