import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { closeBooks, coverDips, openAccount } from '#scripts/demo-book/account.ts';
import type { Account } from '#scripts/demo-book/account.ts';
import type { Shape } from '#scripts/demo-book/buying.ts';
import { addMonths, YEAR } from '#scripts/demo-book/calendar.ts';
import { tagOf } from '#scripts/demo-book/cases/case.ts';
import type { DemoCase } from '#scripts/demo-book/cases/case.ts';
import { PACKS, PLANS } from '#scripts/demo-book/catalogue.ts';
import type { Currency, Pack, Plan } from '#scripts/demo-book/catalogue.ts';
import { slug } from '#scripts/demo-book/names.ts';
import type { Expected, Planting } from '#scripts/demo-book/planting.ts';
import { createRandom } from '#scripts/demo-book/random.ts';
import type { Random } from '#scripts/demo-book/random.ts';
import { KUWAIT, REGIONS } from '#scripts/demo-book/regions.ts';
import type { Region } from '#scripts/demo-book/regions.ts';
import { liveYear } from '#scripts/demo-book/year.ts';

export interface Planted {
  account: Account;
  expected: Expected[];
}

export interface PlantedCustomer {
  id: string;
  name: string;
  latin: string;
  region: Region;
  plan: Plan;
  currency?: Currency;
  planting: Planting;
  tag: string;
  at: Instant;
  pack: Pack;
  by: number;
  generations: number;
  seed: string;
  now: Instant;
}

/** A quiet year, so that what is planted is all there is to see. */
const quietYear = (spec: PlantedCustomer, random: Random, from: Instant): Shape => {
  const { now, at, planting } = spec;
  const status = planting.status ?? 'active';
  const lastBilling =
    planting.lastBilling?.(at) ?? now - random.int(2, 26) * DAY - random.int(1, 20) * HOUR;
  const recent = at > now - DAY ? at - 30 * MINUTE : now - 3 * HOUR;
  const until = status === 'canceled' ? addMonths(lastBilling, 1) - HOUR : recent;
  return {
    plan: spec.plan,
    upgradedFrom: null,
    from,
    until,
    lastBilling,
    generations: spec.generations,
    live: 0,
    // Only the very large run out and buy more.
    packs: spec.generations > 5_000 ? 1 / 3 : 0,
    mishaps: 0,
    status,
  };
};

/** A customer with an ordinary year and what `planting` adds to it. */
export const makePlanted = (spec: PlantedCustomer): Planted => {
  const draw = createRandom(`${spec.seed}/${spec.id}/since`);
  const age = YEAR + draw.int(4, 700) * DAY + draw.int(0, 86_399) * SECOND;
  const account = openAccount({
    ...spec,
    named: { name: spec.name, latin: spec.latin },
    createdAt: spec.now - age,
    members: spec.plan.credits > 1_000 ? 5 : 2,
  });
  const { random } = account;
  account.currency = spec.currency ?? account.currency;
  account.opening = random.int(100, spec.plan.credits);
  liveYear(account, quietYear(spec, random, spec.now - YEAR + 8 * MINUTE));
  const expected = spec.planting.plant(account, spec);
  if (spec.planting.dips !== true) coverDips(account);
  closeBooks(account);
  return { account, expected };
};

const regionOf = (zone: string): Region => {
  const found = [...REGIONS, KUWAIT].find((region) => region.zone === zone);
  if (found === undefined) throw new Error(`no region ${zone}`);
  return found;
};

/** The customer of a case, under its own id and with Stripe ids that tell what it shows. */
export const makeCase = (each: DemoCase, seed: string, now: Instant, heavy: number): Planted => {
  const tag = tagOf(each.customerId);
  const planted = makePlanted({
    id: each.customerId,
    name: each.name,
    latin: each.latin ?? slug(each.name),
    region: regionOf(each.zone),
    plan: PLANS[each.plan],
    currency: each.currency,
    planting: each.planting,
    tag,
    at: each.at(now),
    pack: PACKS.medium,
    by: 1,
    generations: each.plan === 'scale' ? heavy : (each.generations ?? PLANS[each.plan].generations),
    seed,
    now,
  });
  const { customer } = planted.account;
  if (customer !== null) customer.stripeCustomerId = `cus_${tag}`;
  if (each.name === '') planted.account.customer = null;
  return planted;
};
