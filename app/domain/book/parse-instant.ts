import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `count` digits of `text` from `at` as a number; NaN where one is no digit. */
const digits = (text: string, at: number, count: number): number => {
  let value = 0;
  for (let i = at; i < at + count; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
};

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days from 1970-01-01 to a day of the Gregorian calendar, the years before it began included. */
const dayNumber = (year: number, month: number, day: number): number => {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leaps + dayOfYear - 719_468;
};

/** `2026-05-03` as milliseconds of its midnight; null where there is no such day. */
const readDay = (text: string): number | null => {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || Number.isNaN(year)) return null;
  const most = month === 2 && isLeap(year) ? 29 : MONTH_DAYS[month - 1];
  if (most === undefined || !(day >= 1 && day <= most)) return null;
  return dayNumber(year, month, day) * DAY;
};

/** The offset that ends `text` at `at`, in milliseconds east of UTC; null where there is none. */
const readOffset = (text: string, at: number): number | null => {
  const sign = text.charCodeAt(at);
  if (sign === 90) return text.length === at + 1 ? 0 : null;
  if ((sign !== 43 && sign !== 45) || text.length !== at + 6 || text.charCodeAt(at + 3) !== 58) {
    return null;
  }
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, at + 4, 2);
  if (!(hours <= 23 && minutes <= 59)) return null;
  return (sign === 43 ? 1 : -1) * (hours * HOUR + minutes * MINUTE);
};

/** `.120934` from `at`: whole milliseconds (further digits are cut off) and where the digits end. */
const readFraction = (text: string, at: number): { millis: number; end: number } | null => {
  let end = at + 1;
  while (text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end += 1;
  const count = Math.min(end - at - 1, 3);
  if (count === 0) return null;
  return { millis: digits(text, at + 1, count) * 10 ** (3 - count), end };
};

/** `:44.120` from `at`, both parts optional: milliseconds and where it ends. */
const readSeconds = (text: string, at: number): { millis: number; end: number } | null => {
  if (text.charCodeAt(at) !== 58) return { millis: 0, end: at };
  const seconds = digits(text, at + 1, 2);
  if (!(seconds <= 59)) return null;
  if (text.charCodeAt(at + 3) !== 46) return { millis: seconds * SECOND, end: at + 3 };
  const fraction = readFraction(text, at + 3);
  return fraction && { millis: seconds * SECOND + fraction.millis, end: fraction.end };
};

/**
 * An instant of the book: `YYYY-MM-DDTHH:MM[:SS[.digits]]` and `Z` or `±HH:MM`. Null where `text` has
 * another form or names a day or time that does not exist.
 */
export const readInstant = (text: string): Instant | null => {
  const day = readDay(text);
  if (day === null || text.charCodeAt(10) !== 84 || text.charCodeAt(13) !== 58) return null;
  const hours = digits(text, 11, 2);
  const minutes = digits(text, 14, 2);
  if (!(hours <= 23 && minutes <= 59)) return null;
  const seconds = readSeconds(text, 16);
  const offset = seconds && readOffset(text, seconds.end);
  if (seconds === null || offset === null) return null;
  return day + hours * HOUR + minutes * MINUTE + seconds.millis - offset;
};
