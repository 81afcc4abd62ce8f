import { businessDaysAfter } from '#app/domain/business-days.ts';
import type { Instant } from '#app/domain/instant.ts';

/** Between these two a refund usually shows on the card's statement: 5 and 10 business days on. */
export const refundWindow = (madeAt: Instant): { from: Instant; to: Instant } => ({
  from: businessDaysAfter(madeAt, 5),
  to: businessDaysAfter(madeAt, 10),
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

/** ` for your payment of Monday 4 May 2026`, or nothing where the day is not known. */
export const paymentOfDay = (chargedAt: Instant | null): string =>
  chargedAt === null ? '' : ` for your payment of ${dayInWords(chargedAt)}`;
