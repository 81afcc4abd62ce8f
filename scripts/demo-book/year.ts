import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Account } from '#scripts/demo-book/account.ts';
import { buyPack, openSubscription, renew, upgrade } from '#scripts/demo-book/buying.ts';
import type { Shape, Walk } from '#scripts/demo-book/buying.ts';
import { billingDates, workTimes } from '#scripts/demo-book/calendar.ts';
import { PACKS, priceOf } from '#scripts/demo-book/catalogue.ts';
import type { Pack, Plan } from '#scripts/demo-book/catalogue.ts';
import { chooseWork, generateOrdinarily } from '#scripts/demo-book/generating.ts';

const planAt = (shape: Shape, index: number): Plan | null =>
  shape.upgradedFrom !== null && index < shape.upgradedFrom.at
    ? shape.upgradedFrom.plan
    : shape.plan;

const packFor = (walk: Walk, cost: number): Pack => {
  const { random } = walk.account;
  const plan = walk.shape.plan;
  if (plan !== null && plan.credits >= 100_000) return PACKS.bulk;
  const fitting = Object.values(PACKS).filter((pack) => pack.credits >= cost);
  return random.weighted(fitting);
};

const collect = (walk: Walk, at: Instant): void => {
  if (walk.arriving.every((each) => each.at > at)) return;
  for (const each of walk.arriving) {
    if (each.at > at) continue;
    walk.balance += each.credits;
    if (each.keeps) walk.kept += each.credits;
  }
  walk.arriving = walk.arriving.filter((each) => each.at > at);
};

const spend = (walk: Walk, at: Instant, memberId: string | null): void => {
  const { account, shape } = walk;
  collect(walk, at);
  const work = chooseWork(account.random, (shape.plan?.credits ?? 0) >= 3_000);
  const cost = priceOf(work);
  if (walk.balance < cost) {
    const willing = shape.plan === null || account.random.chance(shape.packs * 3);
    if (
      !willing ||
      !buyPack(walk, packFor(walk, cost), at - account.random.int(40, 200) * SECOND)
    ) {
      return;
    }
    collect(walk, at);
  }
  walk.balance -= cost;
  // What expires is spent first.
  walk.kept = Math.min(walk.kept, walk.balance);
  const back = generateOrdinarily(account, at, work, memberId);
  if (back !== null) walk.arriving.push({ ...back, keeps: false });
};

/** When the customer generates: over the year, and a sitting just now if it is to be seen at work. */
const sittings = (account: Account, shape: Shape): { at: Instant; sitting: number }[] => {
  const { random, region } = account;
  const times = workTimes(random, shape.generations, { ...shape, offset: region.offset });
  let at = shape.until - random.int(0, 60) * MINUTE - random.int(0, 59_999);
  for (let left = shape.live; left > 0; left -= 1) {
    times.push({ at, sitting: -1 });
    at -= random.int(12, 240) * SECOND + random.int(0, 999);
  }
  return times.filter((time) => time.at >= shape.from).toSorted((a, b) => a.at - b.at);
};

/** Fills the account with an ordinary year: billing dates, packs and work in the order of time. */
export const liveYear = (account: Account, shape: Shape): void => {
  const walk: Walk = {
    account,
    shape,
    balance: account.opening,
    arriving: [],
    kept: 0,
    lastPackAt: 0,
  };
  const { random, members } = account;
  if (shape.plan !== null) openSubscription(account, shape, shape.plan);
  const dates = shape.plan === null ? [] : billingDates(shape.from, shape.lastBilling);
  let next = 0;
  const billUntil = (at: Instant): void => {
    for (let date = dates[next]; date !== undefined && date <= at; date = dates[next]) {
      bill(walk, date, next);
      next += 1;
    }
  };
  for (const { at, sitting } of sittings(account, shape)) {
    billUntil(at);
    // A sitting is one person's, now and then two people's.
    const shift = sitting % 4 === 0 ? random.int(0, 1) : 0;
    const member = members[(Math.abs(sitting) + shift) % Math.max(members.length, 1)];
    spend(walk, at, member?.id ?? null);
  }
  billUntil(shape.until);
};

const bill = (walk: Walk, date: Instant, index: number): void => {
  const { shape, account } = walk;
  const plan = planAt(shape, index);
  if (plan === null) return;
  collect(walk, date);
  renew(walk, plan, date);
  const upgraded = shape.upgradedFrom;
  if (upgraded !== null && shape.plan !== null && index === upgraded.at - 1) {
    upgrade(walk, upgraded.plan, shape.plan, date + 14 * DAY + 5 * HOUR);
  }
  const later = date + account.random.int(2, 25) * DAY + account.random.int(0, 20) * HOUR;
  if (account.random.chance(shape.packs) && later < shape.until) {
    buyPack(walk, account.random.weighted(Object.values(PACKS)), later);
  }
};
