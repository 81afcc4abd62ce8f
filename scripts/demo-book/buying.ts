import type { Subscription } from '#app/domain/book/records.ts';
import { DAY, HOUR, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Account } from '#scripts/demo-book/account.ts';
import { addMonths } from '#scripts/demo-book/calendar.ts';
import type { Pack, Plan } from '#scripts/demo-book/catalogue.ts';
import { decline, missRenewal, refundUnused } from '#scripts/demo-book/mishaps.ts';
import { charge, grant, invoice, post, settledBy } from '#scripts/demo-book/postings.ts';

/** How one customer's year goes when nothing is wrong. */
export interface Shape {
  /** null: pays as it goes, with packs. */
  plan: Plan | null;
  /** The plan until an upgrade at the billing date with this index, if there was one. */
  upgradedFrom: { plan: Plan; at: number } | null;
  from: Instant;
  /** Nothing happens after this instant. */
  until: Instant;
  /** The latest billing date; ignored without a plan. */
  lastBilling: Instant;
  generations: number;
  /** Generations in the last hour or two, so that the company is seen at work. */
  live: number;
  /** Chance that a billing date brings a pack too. */
  packs: number;
  /** How often things go the ordinary kinds of wrong: a declined card, a pack given back. */
  mishaps: number;
  status: Subscription['status'];
}

interface Arriving {
  at: Instant;
  credits: number;
  /** Whether it outlives the billing date. */
  keeps: boolean;
}

/** An account on its way through the year. */
export interface Walk {
  account: Account;
  shape: Shape;
  balance: number;
  /** Credits bought or given back later than this instant; not to be spent before they arrive. */
  arriving: Arriving[];
  /** Of the balance, what was bought in packs: it outlives the billing date. */
  kept: number;
  lastPackAt: Instant;
}

const subscriptionId = (account: Account): string | null => account.subscriptions[0]?.id ?? null;

export const openSubscription = (account: Account, shape: Shape, plan: Plan): void => {
  const end = addMonths(shape.lastBilling, 1);
  const ended = shape.status === 'canceled';
  account.subscriptions.push({
    id: `sub_1${account.random.token(23)}`,
    customerId: account.id,
    plan: plan.id,
    creditsPerPeriod: plan.credits,
    status: shape.status,
    currentPeriodStart: shape.lastBilling,
    currentPeriodEnd: end,
    cancelAt: ended ? end : null,
    endedAt: ended ? end : null,
  });
};

/** Charges the plan for the period that starts at `date`, a few seconds into it. */
export const renew = (walk: Walk, plan: Plan, date: Instant): void => {
  const { account, shape } = walk;
  const { random } = account;
  const at = date + random.int(4, 50) * SECOND + random.int(0, 999);
  if (!settledBy(account, at)) return;
  const due = {
    purpose: 'renewal' as const,
    product: plan.id,
    credits: plan.credits,
    amount: plan.monthly[account.currency],
    subscriptionId: subscriptionId(account),
    periodStart: date,
  };
  if (shape.status === 'past_due' && date === shape.lastBilling) {
    missRenewal(account, { ...due, at });
    return;
  }
  if (random.chance(shape.mishaps * 0.05)) decline(account, { ...due, at });
  const payment = charge(account, { ...due, at: at + 20 * SECOND });
  invoice(account, payment);
  const after = random.int(2, 40) * SECOND;
  if (walk.balance > walk.kept) {
    post(account, 'expiry', {
      at: at + 20 * SECOND + after,
      credits: walk.kept - walk.balance,
      note: 'unused at the billing date',
    });
    walk.balance = walk.kept;
  }
  const entry = grant(account, payment, after, { sequence: 1 });
  walk.arriving.push({ at: entry.occurredAt, credits: plan.credits, keeps: false });
};

export const upgrade = (walk: Walk, from: Plan, to: Plan, at: Instant): void => {
  const { account } = walk;
  if (!settledBy(account, at)) return;
  const amount = Math.round((to.monthly[account.currency] - from.monthly[account.currency]) / 2);
  const credits = Math.round((to.credits - from.credits) / 2);
  const payment = charge(account, { purpose: 'upgrade', product: to.id, credits, amount, at });
  invoice(account, payment);
  const entry = grant(account, payment, account.random.int(1, 9) * SECOND);
  walk.arriving.push({ at: entry.occurredAt, credits, keeps: false });
};

/** Buys a pack, granted within seconds; some grants do not name their payment. */
export const buyPack = (walk: Walk, pack: Pack, at: Instant): boolean => {
  const { account, shape } = walk;
  // Two packs within hours would look like a purchase made twice.
  if (at < walk.lastPackAt + 5 * HOUR || !settledBy(account, at)) return false;
  walk.lastPackAt = at;
  const { random } = account;
  if (random.chance(shape.mishaps * 0.06)) {
    decline(account, { purpose: 'credit_pack', ...bought(account, pack), at });
  }
  const payment = charge(account, { purpose: 'credit_pack', ...bought(account, pack), at });
  invoice(account, payment);
  const unnamed = random.chance(shape.mishaps * 0.04) ? { paymentId: null } : {};
  const entry = grant(account, payment, random.int(1, 30) * SECOND, unnamed);
  if (random.chance(shape.mishaps * 0.03) && at + DAY < account.now) {
    refundUnused(account, payment);
    return false;
  }
  walk.arriving.push({ at: entry.occurredAt, credits: pack.credits, keeps: true });
  return true;
};

export const bought = (
  account: Account,
  pack: Pack,
): { product: string; credits: number; amount: number } => ({
  product: pack.product,
  credits: pack.credits,
  amount: pack.amount[account.currency],
});
