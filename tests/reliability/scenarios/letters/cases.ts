import { DAY, HOUR } from '#app/lib/instant.ts';

/** What Stripe says of a refund when the letter leaves; `told`: the customer had heard of it before. */
export interface AtStripe {
  status: string;
  pendingReason?: string | null;
  told?: boolean;
}

/** Stripe has refused to make the refund: there is nothing to tell. */
export const REFUSED = 'refused';

export const AT_STRIPE: readonly AtStripe[] = [
  { status: 'succeeded' },
  { status: 'pending', pendingReason: 'processing' },
  { status: 'pending', pendingReason: null },
  { status: 'pending', pendingReason: 'charge_pending' },
  { status: 'pending', pendingReason: 'insufficient_funds' },
  { status: 'pending', pendingReason: 'moon_phase' },
  { status: 'requires_action' },
  { status: 'in_orbit' },
  { status: REFUSED },
  { status: 'failed' },
  { status: 'canceled' },
  { status: 'failed', told: true },
  { status: 'canceled', told: true },
];

/** How the customer's address changes between the refund and the letter. */
export const ADDRESSES = ['same', 'changed', 'with_line_break', 'several', 'none'] as const;
export type AddressChange = (typeof ADDRESSES)[number];

/** What becomes of the credits: none to take, taken, or nobody knows whether they were. */
export const CREDITS = ['none', 'taken', 'unclear'] as const;
export type CreditsChange = (typeof CREDITS)[number];

/** How long no mail could leave. */
export const AWAY: readonly number[] = [0, HOUR, 3 * DAY + HOUR, 45 * DAY];

export interface LetterCase {
  id: string;
  atStripe: AtStripe;
  address: AddressChange;
  credits: CreditsChange;
  away: number;
}

/** Every state with every outage, credits and addresses taking turns; `whole`: each with each. */
export const letterCases = (whole: boolean): LetterCase[] =>
  AWAY.flatMap((away, a) =>
    AT_STRIPE.flatMap((atStripe, s) =>
      CREDITS.flatMap((credits, c) =>
        ADDRESSES.filter((_, nth) => whole || isTurn({ a, s, c, nth })).map((address) => ({
          ...{ id: '', atStripe, address, credits, away },
        })),
      ),
    ),
  ).map((one, nth) => ({ ...one, id: String(nth + 1) }));

/** Addresses that can be written to come twice as often; soon after, credits are taken as well. */
const isTurn = ({ a, s, c, nth }: Record<'a' | 's' | 'c' | 'nth', number>): boolean => {
  const isCredit = c === (a + s) % CREDITS.length || (a === 1 && c === 1);
  return isCredit && nth === [0, 1, 2, 0, 1, 3, 4][(2 * a + s + c) % 7];
};
