import { z } from 'zod';
import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { formatCredits } from '#app/domain/money/credits.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type { Permission } from '#app/domain/access/roles.ts';

/*
 * How much may be asked, and how many people must say yes. Amounts that belong together are summed, so
 * that nothing is gained by splitting: what one customer is to get back within a day counts as one sum,
 * and so does what one agent asks for.
 */

const minor = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Minor units for each currency. A currency that is not listed has the limit 0. */
const byCurrency = z.record(z.string().regex(/^[a-z]{3}$/), minor);

export const limitsSchema = z.strictObject({
  refund: z.strictObject({
    /** Above this sum for one customer within a day, two people decide. */
    twoDecidersAbove: byCurrency,
    /** As multiples of that amount; beyond them nothing can be asked. */
    largest: z.int().min(1).max(1_000_000),
    customerDay: z.int().min(1).max(1_000_000),
    agentDay: z.int().min(1).max(1_000_000),
    /** Days after its capture for which a charge can be refunded: cards and accounts do not last. */
    days: z.int().min(1).max(10_000).default(365),
  }),
  /** Up to this many credits for one customer within a day, the asker decides alone. */
  credits: z.strictObject({ aloneUpTo: minor }),
  /** For so many hours after something was carried out, the same is asked for again only with a reason. */
  repeatHours: z.int().min(0).max(8_760).default(24),
});
export type Limits = z.output<typeof limitsSchema>;

export const DEFAULT_LIMITS: Limits = {
  refund: {
    twoDecidersAbove: {
      usd: 50_000,
      eur: 50_000,
      gbp: 40_000,
      cad: 70_000,
      aud: 75_000,
      chf: 45_000,
      jpy: 75_000,
      kwd: 150_000,
    },
    largest: 20,
    customerDay: 20,
    agentDay: 40,
    days: 365,
  },
  credits: { aloneUpTo: 500 },
  repeatHours: 24,
};

/** Money asked for lately: requests of the last day that were not rejected, withdrawn or let expire. */
export interface RequestedAmount {
  customerId: string;
  requestedBy: string;
  requestedAt: Instant;
  amount: number;
  currency: string;
}

export type Verdict =
  | { kind: 'allowed'; approvals: number; decidedBy: Permission | null; words: string }
  | { kind: 'refused'; words: string };

/**
 * What the day before an instant counts: its start is outside. It has no end: what another server, whose
 * clock goes ahead, has approved a moment ago counts too.
 */
const isWithinDay = (at: Instant, now: Instant): boolean => at > now - DAY;

/**
 * Sums against limits in several currencies: each as a share of its own limit. One currency is compared
 * exactly. A currency without a limit has used it up with the first unit.
 */
function exceeds(
  sums: ReadonlyMap<string, number>,
  limitOf: (currency: string) => number,
): boolean {
  let share = 0;
  for (const [currency, sum] of sums) {
    const limit = limitOf(currency);
    if (sum > limit) return true;
    if (sum > 0) share += sum / limit;
  }
  return sums.size > 1 && share > 1;
}

function sumByCurrency(
  amounts: readonly Pick<RequestedAmount, 'amount' | 'currency'>[],
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { amount, currency } of amounts) {
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  }
  return sums;
}

/**
 * What the limits say of a refund.
 * @param lately other requests of the last day, of any customer and agent.
 */
export function judgeRefund(
  limits: Limits,
  refund: { customerId: string; amount: number; currency: string },
  requestedBy: string,
  lately: readonly RequestedAmount[],
  now: Instant,
): Verdict {
  const { twoDecidersAbove, largest, customerDay, agentDay } = limits.refund;
  const base = (currency: string): number => twoDecidersAbove[currency] ?? 0;
  const inDay = lately.filter(({ requestedAt }) => isWithinDay(requestedAt, now));
  const ofCustomer = sumByCurrency([
    ...inDay.filter(({ customerId }) => customerId === refund.customerId),
    refund,
  ]);
  const ofAgent = sumByCurrency([
    ...inDay.filter((draft) => draft.requestedBy === requestedBy),
    refund,
  ]);
  // A currency without a limit needs two people each time; it uses up nothing of the day's largest sums.
  const limited = (sums: ReadonlyMap<string, number>) =>
    new Map([...sums].filter(([currency]) => base(currency) > 0));
  const beyond = (what: string, multiple: number): Verdict => ({
    kind: 'refused',
    words: `${what} is limited to ${formatMoney(base(refund.currency) * multiple, refund.currency)}. Ask an administrator.`,
  });
  if (
    exceeds(sumByCurrency([refund]), (currency) => base(currency) * largest) &&
    base(refund.currency) > 0
  )
    return beyond('One refund', largest);
  if (
    exceeds(limited(ofCustomer), (currency) => base(currency) * customerDay) &&
    base(refund.currency) > 0
  )
    return beyond('Refunds to one customer within a day', customerDay);
  if (
    exceeds(limited(ofAgent), (currency) => base(currency) * agentDay) &&
    base(refund.currency) > 0
  )
    return beyond('Refunds requested by one person within a day', agentDay);
  const two = exceeds(ofCustomer, base);
  const why = two
    ? ` (above ${formatMoney(base(refund.currency), refund.currency)} for one customer within a day)`
    : '';
  return {
    kind: 'allowed',
    approvals: two ? 2 : 1,
    decidedBy: 'requests.decide-refund',
    words: two ? `Two people in finance approve${why}.` : 'Finance approves.',
  };
}

/** What the limits say of a credit adjustment. @param creditsLately absolute credits that needed nobody else, for this customer within the last day. */
export function judgeAdjustment(
  limits: Limits,
  adjustment: { credits: number },
  creditsLately: number,
): Verdict {
  const sum = creditsLately + Math.abs(adjustment.credits);
  const { aloneUpTo } = limits.credits;
  return sum <= aloneUpTo
    ? {
        kind: 'allowed',
        approvals: 0,
        decidedBy: null,
        words: `No approval needed up to ${formatCredits(aloneUpTo)} credits a day.`,
      }
    : {
        kind: 'allowed',
        approvals: 1,
        decidedBy: 'requests.decide-credits',
        words: `A lead or finance approves grants above ${formatCredits(aloneUpTo)} credits a day.`,
      };
}
