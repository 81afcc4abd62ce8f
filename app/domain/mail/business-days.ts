import { DAY } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';

const SUNDAY = 0;
const SATURDAY = 6;

/** The instant `days` business days on: Saturdays and Sundays (UTC) do not count, bank holidays do. */
export function addBusinessDays(from: Instant, days: number): Instant {
  let at = from;
  for (let left = days; left > 0;) {
    at += DAY;
    const weekday = new Date(at).getUTCDay();
    if (weekday !== SATURDAY && weekday !== SUNDAY) left -= 1;
  }
  return at;
}

/** Between these two a refund usually shows on the card's statement: 5 and 10 business days on. */
export const refundWindow = (madeAt: Instant): { from: Instant; to: Instant } => ({
  from: addBusinessDays(madeAt, 5),
  to: addBusinessDays(madeAt, 10),
});

const inWords = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `Monday 4 May 2026`, the day in UTC. */
export const dayInWords = (at: Instant): string => inWords.format(at).replace(',', '');
