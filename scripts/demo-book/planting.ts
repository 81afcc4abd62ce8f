import type { Payment, Subscription } from '#app/domain/book/records.ts';
import { SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { RecordRef } from '#app/domain/book/record-ref.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';
import type { Account } from '#scripts/demo-book/account.ts';
import { bought } from '#scripts/demo-book/buying.ts';
import { PLANS } from '#scripts/demo-book/catalogue.ts';
import type { Pack, PlanId } from '#scripts/demo-book/catalogue.ts';
import { charge, grant, invoice } from '#scripts/demo-book/postings.ts';
import type { Charge } from '#scripts/demo-book/postings.ts';
/** What the rules must find once something has been planted. */
export interface Expected {
  rule: RuleId;
  subject: RecordRef;
}

/** Where and when to plant, and how large. */
export interface Spot {
  /** Goes into the ids of the planted records. */
  tag: string;
  at: Instant;
  /** The pack that is bought, where one is. */
  pack: Pack;
  /** 1 in the stories; elsewhere times and figures differ by such a factor. */
  by: number;
}

/** Something worth finding, or worth not finding, and the account it needs. */
export interface Planting {
  plant(account: Account, spot: Spot): Expected[];
  plan?: PlanId;
  /** Whether the balance falls below zero on purpose. */
  dips?: boolean;
  status?: Subscription['status'];
  /** When the plan was last billed; without it some days ago. */
  lastBilling?(at: Instant): Instant;
}

/** A pack charged at `at` with its invoice and without any credits. */
export const chargePack = (
  account: Account,
  { tag, at, pack }: Spot,
  rest: Partial<Charge> = {},
): Payment => {
  const payment = charge(account, {
    purpose: 'credit_pack',
    ...bought(account, pack),
    id: `ch_${tag}`,
    at,
    ...rest,
  });
  invoice(account, payment, `in_${tag}`);
  return payment;
};

/** The same with the credits six seconds later. */
export const buyWell = (account: Account, spot: Spot, rest: Partial<Charge> = {}): Payment => {
  const payment = chargePack(account, spot, rest);
  grant(account, payment, 6 * SECOND, { id: `led_${spot.tag}` });
  return payment;
};

export const planOf = (account: Account): (typeof PLANS)[PlanId] => {
  const id = account.subscriptions[0]?.plan;
  return Object.values(PLANS).find((plan) => plan.id === id) ?? PLANS.pro;
};

/** A renewal of the account's plan, not yet invoiced or credited. */
export const chargeRenewal = (
  account: Account,
  { tag, at }: Pick<Spot, 'tag' | 'at'>,
  rest: Partial<Charge> = {},
): Payment => {
  const plan = planOf(account);
  return charge(account, {
    id: `ch_${tag}`,
    purpose: 'renewal',
    product: plan.id,
    credits: plan.credits,
    amount: plan.monthly[account.currency],
    subscriptionId: account.subscriptions[0]?.id ?? null,
    periodStart: at - 10 * SECOND,
    at,
    ...rest,
  });
};

export const ofPayment = (rule: RuleId, tag: string): Expected => ({
  rule,
  subject: `payment:ch_${tag}`,
});

export const ofCustomer = (rule: RuleId, account: Account): Expected => ({
  rule,
  subject: `customer:${account.id}`,
});
