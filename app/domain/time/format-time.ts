import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';

const MONTH = 30.4375 * DAY;
const YEAR = 12 * MONTH;

/** From this length on, the unit is used: two of a unit are shorter to read than sixty of a smaller one. */
const UNITS = [
  { from: 2 * YEAR, size: YEAR, one: 'year' },
  { from: 2 * MONTH, size: MONTH, one: 'month' },
  { from: 2 * DAY, size: DAY, one: 'day' },
  { from: HOUR, size: HOUR, one: 'hour' },
  { from: MINUTE, size: MINUTE, one: 'minute' },
  { from: 0, size: SECOND, one: 'second' },
] as const;

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** How long ago, or how soon, in one unit cut off below: `42 minutes ago`, `in 4 minutes`, `just now`. */
export function formatAgo(instant: Instant, now: Instant): string {
  const distance = Math.abs(now - instant);
  if (distance < SECOND) return 'just now';
  // The last unit starts at 0, so one is always found.
  const unit = UNITS.find(({ from }) => distance >= from) ?? UNITS[5];
  const words = counted(Math.floor(distance / unit.size), unit.one);
  return instant > now ? `in ${words}` : `${words} ago`;
}

const PARTS = [
  { size: DAY, one: 'day' },
  { size: HOUR, one: 'hour' },
  { size: MINUTE, one: 'minute' },
  { size: SECOND, one: 'second' },
] as const;

/**
 * A length of time: a promise keeps the unit it was made in (`15 minutes`, `24 hours`, `90 minutes`);
 * any other length is told by its two largest units (`1 hour 2 minutes`).
 * @param length milliseconds, 0 or more.
 */
export function formatDuration(length: number): string {
  if (length === DAY) return '24 hours';
  if (length < DAY || length % HOUR === 0) {
    const even = PARTS.find(({ size }) => length >= size && length % size === 0);
    if (even !== undefined && even.size >= MINUTE) return counted(length / even.size, even.one);
  }
  const words: string[] = [];
  let rest = length;
  for (const { size, one } of PARTS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(counted(count, one));
    if (words.length === 2) break;
  }
  return words.length === 0 ? '0 seconds' : words.join(' ');
}

/** `17 Nov 08:59`, with the year where it is not this one. UTC. */
export function dayAndTime(instant: Instant, now: Instant): string {
  const date = new Date(instant);
  const year = date.getUTCFullYear();
  const time = date.toISOString().slice(11, 16);
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const day = `${date.getUTCDate()} ${month}`;
  return year === new Date(now).getUTCFullYear() ? `${day} ${time}` : `${day} ${year} ${time}`;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
