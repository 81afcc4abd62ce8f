import type { Subscription } from '#app/domain/book/records.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { closeBooks, openAccount } from '#scripts/demo-book/account.ts';
import type { Account } from '#scripts/demo-book/account.ts';
import type { Shape } from '#scripts/demo-book/buying.ts';
import { addMonths, billingDates, YEAR } from '#scripts/demo-book/calendar.ts';
import { PLANS } from '#scripts/demo-book/catalogue.ts';
import type { Plan } from '#scripts/demo-book/catalogue.ts';
import { addCard } from '#scripts/demo-book/mishaps.ts';
import type { Named } from '#scripts/demo-book/names.ts';
import { post } from '#scripts/demo-book/postings.ts';
import { createRandom } from '#scripts/demo-book/random.ts';
import type { Random } from '#scripts/demo-book/random.ts';
import type { Region } from '#scripts/demo-book/regions.ts';
import { liveYear } from '#scripts/demo-book/year.ts';

const STATUSES: readonly { status: Subscription['status']; weight: number }[] = [
  { status: 'active', weight: 84 },
  { status: 'canceled', weight: 11 },
  { status: 'past_due', weight: 3 },
  { status: 'paused', weight: 1 },
];

/** Billing dates start at `first`; the latest one that has come, and whose period has ended if asked. */
const latestBilling = (random: Random, first: Instant, now: Instant, ended: boolean): Instant => {
  let months = 0;
  while (addMonths(first, months + 1) <= now - 2 * MINUTE) months += 1;
  if (!ended) return addMonths(first, months);
  return addMonths(first, random.int(0, Math.max(months - 1, 0)));
};

const PLAN_ORDER: readonly Plan[] = Object.values(PLANS);

/** Some moved up a plan during the year, between two of its `periods`. */
const earlierPlan = (random: Random, plan: Plan | null, periods: number): Shape['upgradedFrom'] => {
  const smaller = plan === null ? undefined : PLAN_ORDER[PLAN_ORDER.indexOf(plan) - 1];
  if (smaller === undefined || periods < 3 || !random.chance(0.2)) return null;
  return { plan: smaller, at: random.int(1, periods - 1) };
};

export interface Prospect {
  id: string;
  named: Named;
  region: Region;
  seed: string;
  now: Instant;
  /** Seen at work just now. */
  live: boolean;
}

/** Customers joined ever faster: two in three during the last year. */
const joinedAt = (random: Random, now: Instant): Instant =>
  random.chance(0.34)
    ? now - YEAR - random.int(2, 700) * DAY - random.int(0, 86_399) * SECOND
    : Math.floor(now - YEAR * (1 - Math.sqrt(random.next() * 0.998)));

const teamSize = (random: Random, plan: Plan | null): number => {
  if (plan === null || plan.credits <= 1_000) return random.int(1, 2);
  return plan.credits <= 10_000 ? random.int(1, 5) : random.int(3, 12);
};

const shapeOf = (account: Account, createdAt: Instant, plan: Plan | null, live: boolean): Shape => {
  const { random, now } = account;
  const yearAgo = now - YEAR;
  const joined = createdAt > yearAgo;
  const from = (joined ? createdAt : yearAgo) + 8 * MINUTE;
  const first = joined ? createdAt + 9 * MINUTE : yearAgo + random.int(10, 30 * 1440) * MINUTE;
  const wanted = random.weighted(STATUSES).status;
  // A cancellation takes effect when a period has been lived through.
  const status = wanted !== 'active' && addMonths(first, 2) > now ? 'active' : wanted;
  const lastBilling = latestBilling(random, first, now, status === 'canceled');
  const until = status === 'canceled' ? addMonths(lastBilling, 1) - HOUR : now;
  const share = (until - from) / YEAR;
  const median = (plan?.generations ?? 11) * share;
  return {
    plan,
    upgradedFrom: earlierPlan(random, plan, billingDates(from, lastBilling).length),
    from,
    until,
    lastBilling,
    generations: Math.min(4_000, Math.round(random.logNormal(median, 0.9))),
    live: live && status === 'active' ? random.int(1, 6) : 0,
    packs: 0.09,
    mishaps: 1,
    status,
  };
};

const subscribes = (random: Random): Plan | null =>
  random.chance(0.42) ? null : random.weighted(PLAN_ORDER);

/** A customer like most: nothing about it is an anomaly. */
export const makeOrdinary = ({ id, named, region, seed, now, live }: Prospect): Account => {
  const draw = createRandom(`${seed}/${id}/shape`);
  const createdAt = joinedAt(draw, now);
  const plan = subscribes(draw);
  const members = teamSize(draw, plan);
  const account = openAccount({ seed, now, id, named, region, createdAt, members });
  settleIn(account, createdAt, plan);
  liveYear(account, shapeOf(account, createdAt, plan, live));
  closeBooks(account);
  return account;
};

/** A newcomer adds a card and gets welcome credits; older customers bring a balance along. */
const settleIn = (account: Account, createdAt: Instant, plan: Plan | null): void => {
  const { random, now } = account;
  if (createdAt > now - YEAR) {
    post(account, 'adjustment', {
      at: createdAt + 2 * SECOND,
      credits: 50,
      note: 'welcome credits',
    });
    addCard(account, createdAt + 7 * MINUTE);
  } else {
    account.opening = random.int(0, plan?.credits ?? 3_000);
  }
};
