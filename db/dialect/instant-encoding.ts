import type { Instant } from '#app/lib/instant.ts';

/**
 * PostgreSQL's text form of `timestamptz(3)` in UTC: `2026-05-03 09:12:44.12+00`, and
 * `0001-01-01 00:00:00+00 BC` for the year that ISO 8601 calls 0000.
 */
const FORM = /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?\+00( BC)?$/;

export const toTimestamp = (instant: Instant): string => {
  const at = new Date(instant);
  const year = at.getUTCFullYear();
  const rest = at.toISOString().slice(-20, -1).replace('T', ' ');
  const digits = String(year > 0 ? year : 1 - year).padStart(4, '0');
  return `${digits}${rest}+00${year > 0 ? '' : ' BC'}`;
};

const two = (text: string, at: number): number =>
  (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

/** Throws where the session's time zone or date style is not what the store has set. */
export const fromTimestamp = (text: string): Instant => {
  // The usual case without a regular expression: a sweep reads millions of these.
  if (text.charCodeAt(4) === 45 && text.charCodeAt(0) !== 48 && text.endsWith('+00')) {
    const year = two(text, 0) * 100 + two(text, 2);
    let millis = 0;
    for (let i = 20, unit = 100; i < text.length - 3; i += 1, unit /= 10) {
      millis += (text.charCodeAt(i) - 48) * unit;
    }
    return Date.UTC(
      year,
      two(text, 5) - 1,
      two(text, 8),
      two(text, 11),
      two(text, 14),
      two(text, 17),
      millis,
    );
  }
  const found = FORM.exec(text);
  if (!found) throw new Error('a timestamp came back in another form than UTC and ISO');
  const [, years, month, day, hour, minute, second, fraction = '', bc] = found;
  const at = new Date(0);
  // setUTCFullYear, because Date.UTC takes the years 0 to 99 for 1900 to 1999.
  at.setUTCFullYear(bc ? 1 - Number(years) : Number(years), Number(month) - 1, Number(day));
  at.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, '0')));
  return at.getTime();
};
