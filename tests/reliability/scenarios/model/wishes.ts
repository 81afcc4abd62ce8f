/*
 * The model: refunds of one customer as the design states them, and nothing of how they are done. What
 * Stripe holds is given, because the console and the model look at the same Stripe.
 */
export const NEXT = {
  requested: ['approved', 'rejected', 'withdrawn', 'expired'],
  approved: ['requested', 'withdrawn', 'sending'],
  sending: ['succeeded', 'failed', 'needs_review'],
  // A refund may come back days later.
  succeeded: ['failed'],
  needs_review: ['succeeded', 'failed', 'sent_back'],
  sent_back: ['requested', 'withdrawn', 'expired'],
  ...{ failed: [], rejected: [], withdrawn: [], expired: [] },
} as const;
export type WishState = keyof typeof NEXT;

export interface Wish {
  charge: number;
  ground: string;
  amount: number;
  state: WishState;
  expiresAt: number;
  /** What stood refunded at Stripe when it was asked for or last changed. */
  seen: number;
  /** When it was last seen to be done. */
  doneAt?: number;
}
export interface Stripe {
  /** Of a charge: minor units whose refunds stand. */
  standing: (charge: number) => number;
  /** Whether there is any refund for this wish, whatever became of it. */
  shows: (wish: number) => boolean;
}

export class Wishes {
  now = 0;
  readonly all: Wish[] = [];
  constructor(readonly captured: number) {}

  /** Open, sent and done never exceed what was captured. */
  left(stripe: Stripe, charge: number, except?: Wish): number {
    const reserved = this.all.filter(
      (one, at) => one.charge === charge && one !== except && isOpen(one) && !stripe.shows(at),
    );
    const sum = reserved.reduce((total, { amount }) => total + amount, 0);
    return this.captured - stripe.standing(charge) - sum;
  }
  mayAsk(stripe: Stripe, { charge, ground, amount }: Wish, except?: Wish): boolean {
    const isTwin = (one: Wish): boolean =>
      one !== except && isOpen(one) && one.charge === charge && one.ground === ground;
    return !this.all.some(isTwin) && amount <= this.left(stripe, charge, except);
  }
  /** Whether it needs a word why: by anybody, on whatever ground, of whatever amount. */
  isAnother = ({ charge }: Wish): boolean =>
    this.all.some((one) => one.charge === charge && this.isLately(one));
  /** Open, or done within a day. */
  isLately = (one: Wish): boolean =>
    isOpen(one) || (one.state === 'succeeded' && (one.doneAt ?? 0) > this.now - DAY);
  /** `fresh`: the decider has looked at the charge now, not at what the asker saw. */
  mayApprove(stripe: Stripe, wish: Wish, fresh: boolean): boolean {
    const same = fresh || stripe.standing(wish.charge) === wish.seen;
    return this.mayReject(wish) && same && wish.amount <= this.left(stripe, wish.charge, wish);
  }
  mayReject = ({ state, expiresAt }: Wish): boolean =>
    state === 'requested' && this.now < expiresAt;
  mayEdit(stripe: Stripe, wish: Wish, amount: number): boolean {
    const inTime = wish.state === 'approved' || this.now < wish.expiresAt;
    const changeable = ['requested', 'sent_back', 'approved'].includes(wish.state);
    return changeable && inTime && this.mayAsk(stripe, { ...wish, amount }, wish);
  }
  mayWithdraw = ({ state }: Wish): boolean =>
    ['requested', 'sent_back', 'approved'].includes(state);
  /** Whether a wish can have come from one state to another, by any number of steps forward. */
  canBecome(from: WishState, to: WishState): boolean {
    if (from === to) return true;
    const onwards: readonly WishState[] = NEXT[from].filter((step) => step !== 'requested');
    return onwards.some((step) => this.canBecome(step, to));
  }
}

const DAY = 86_400_000;

const isOpen = ({ state }: Wish): boolean =>
  ['requested', 'approved', 'sending', 'needs_review', 'sent_back'].includes(state);
