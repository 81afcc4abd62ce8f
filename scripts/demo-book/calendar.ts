import { DAY, HOUR, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Random } from '#scripts/demo-book/random.ts';

export const YEAR = 365 * DAY;

/** The same day and time `months` later (or earlier), the month's last day where it is shorter. */
export const addMonths = (at: Instant, months: number): Instant => {
  const from = new Date(at);
  const year = from.getUTCFullYear();
  const month = from.getUTCMonth() + months;
  // Day 0 of the next month is the last day of this one.
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(from.getUTCDate(), lastDay)) + (at % DAY);
};

/** Billing dates after `from`, a month apart, the latest being `last`. */
export const billingDates = (from: Instant, last: Instant): Instant[] => {
  const dates: Instant[] = [];
  for (let back = 0; back < 13; back += 1) {
    const date = addMonths(last, -back);
    if (date < from) break;
    dates.unshift(date);
  }
  return dates;
};

/** Work by the local hour: asleep at night, busy before and after lunch, a little in the evening. */
const BY_HOUR = [
  2, 1, 1, 1, 1, 2, 4, 10, 30, 70, 95, 100, 65, 70, 95, 100, 90, 70, 45, 30, 28, 24, 15, 6,
];
/** January to December: quiet summers, campaigns before the holidays. */
const BY_MONTH = [0.85, 0.9, 1, 1, 1, 0.9, 0.75, 0.7, 0.95, 1.05, 1.2, 1.1];
const BY_WEEKDAY = [0.35, 1, 1.05, 1.1, 1.05, 0.9, 0.4];

/** How likely work at `at` is, between 0 and 1. */
const busyness = (at: Instant, offset: number, from: Instant, until: Instant): number => {
  const local = new Date(at + offset * HOUR);
  const hour = (BY_HOUR[local.getUTCHours()] ?? 0) / 100;
  const month = (BY_MONTH[local.getUTCMonth()] ?? 1) / 1.2;
  const weekday = (BY_WEEKDAY[local.getUTCDay()] ?? 1) / 1.1;
  const growth = 0.6 + (0.4 * (at - from)) / Math.max(until - from, 1);
  return hour * month * weekday * growth;
};

const sessionStart = (random: Random, from: Instant, until: Instant, offset: number): Instant => {
  for (let tries = 0; tries < 200; tries += 1) {
    const at = Math.floor(from + random.next() * (until - from));
    if (random.next() < busyness(at, offset, from, until)) return at;
  }
  return Math.floor(from + random.next() * (until - from));
};

/** `count` instants of generating, in order, in sittings of a few with pauses of seconds to minutes. */
export const workTimes = (
  random: Random,
  count: number,
  { from, until, offset }: { from: Instant; until: Instant; offset: number },
): { at: Instant; sitting: number }[] => {
  const times: { at: Instant; sitting: number }[] = [];
  let sitting = 0;
  while (times.length < count) {
    let at = sessionStart(random, from, until, offset);
    const size = Math.min(count - times.length, 1 + Math.floor(random.logNormal(3, 0.7)));
    for (let made = 0; made < size && at < until; made += 1) {
      times.push({ at, sitting });
      at += random.int(12, 240) * SECOND + random.int(0, 999);
    }
    sitting += 1;
  }
  return times.toSorted((a, b) => a.at - b.at);
};

/** The last instant from which a refund made then falls due at `due`, counting ten business days. */
export const refundedFor = (due: Instant): Instant => {
  let at = due;
  for (let counted = 0; counted < 10; at -= DAY) {
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) counted += 1;
  }
  return at;
};

/** The first instant from `at` on that lies on Monday to Friday in UTC. */
export const onBusinessDay = (at: Instant): Instant => {
  const weekday = new Date(at).getUTCDay();
  return weekday === 6 ? at + 2 * DAY : weekday === 0 ? at + DAY : at;
};
