import { DAY, HOUR } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';

/** A calendar day somewhere on earth: the span covers it in every time zone, `utc` is its start in UTC. */
export interface DayClue {
  from: Instant;
  /** Not included. */
  to: Instant;
  utc: Instant;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const LONG_MONTHS =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

const ISO = /^(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?:t\S*)?$/;
const NUMERIC = /^(?<a>\d{1,2})(?<mark>[./-])(?<b>\d{1,2})(?:\k<mark>(?<y>\d{4}|\d{2})?)?$/;
const DAY_FIRST =
  /^(?<d>\d{1,2})(?:st|nd|rd|th|\.)?[ -]?(?:of )?(?<month>[a-z]{3,9})\.?,?(?:[ -](?<y>\d{4}|'\d{2}))?$/;
const MONTH_FIRST =
  /^(?<month>[a-z]{3,9})\.?[ -]?(?<d>\d{1,2})(?:st|nd|rd|th)?,?(?: (?<y>\d{4}|'\d{2}))?$/;

/** Every way to read the text as a day; empty where it is none. Without a year: the latest such day that has come. */
export function readDay(text: string, now: Instant): DayClue[] {
  const written = text.toLowerCase();
  if (written === 'today') return [clueOf(startOfDay(now))];
  if (written === 'yesterday') return [clueOf(startOfDay(now) - DAY)];
  const iso = ISO.exec(written)?.groups;
  if (iso) return days(now, iso['y'], [[iso['m'], iso['d']]]);
  const numeric = NUMERIC.exec(written)?.groups;
  if (numeric) {
    const { a, b, y } = numeric;
    const bothWays =
      a === b
        ? [[a, b]]
        : [
            [b, a],
            [a, b],
          ];
    return days(now, y, bothWays);
  }
  const named = (DAY_FIRST.exec(written) ?? MONTH_FIRST.exec(written))?.groups;
  const month = monthOf(named?.['month'] ?? '');
  return named === undefined || month === 0
    ? []
    : days(now, named['y']?.replace("'", ''), [[String(month), named['d']]]);
}

function days(
  now: Instant,
  year: string | undefined,
  monthsAndDays: (string | undefined)[][],
): DayClue[] {
  return monthsAndDays.flatMap(([month, day]) => {
    const start = startOf(year, Number(month), Number(day), now);
    return start === null ? [] : [clueOf(start)];
  });
}

/** 1 to 12, or 0. `Sept` and other beginnings of four letters and more count too. */
function monthOf(name: string): number {
  const short = MONTHS.indexOf(name);
  if (short >= 0) return short + 1;
  return LONG_MONTHS.findIndex((month) => name.length > 3 && month.startsWith(name)) + 1;
}

function startOf(
  year: string | undefined,
  month: number,
  day: number,
  now: Instant,
): Instant | null {
  if (year !== undefined) return utcDay(Number(year.length === 2 ? `20${year}` : year), month, day);
  const thisYear = new Date(now).getUTCFullYear();
  // Eight years back, because of 29 February; a day ahead, because it may have come elsewhere on earth.
  for (let back = 0; back <= 8; back++) {
    const start = utcDay(thisYear - back, month, day);
    if (start !== null && start <= now + DAY) return start;
  }
  return null;
}

function utcDay(year: number, month: number, day: number): Instant | null {
  if (year < 2000 || year > 2100) return null;
  const start = Date.UTC(year, month - 1, day);
  const date = new Date(start);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? start : null;
}

const startOfDay = (instant: Instant): Instant => Math.floor(instant / DAY) * DAY;
/** Clocks on earth run from 14 hours ahead of UTC to 12 behind. */
const clueOf = (utc: Instant): DayClue => ({
  from: utc - 14 * HOUR,
  to: utc + DAY + 12 * HOUR,
  utc,
});
