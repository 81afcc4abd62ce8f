import { businessDaysAfter } from '#app/domain/time/business-days.ts';
import type { Instant } from '#app/lib/instant.ts';
import { formatDay } from '#app/domain/time/format-day.ts';
/** Between these two a refund usually shows on the card's statement: 5 and 10 business days on. */
export const refundWindow = (madeAt: Instant): { from: Instant; to: Instant } => ({
  from: businessDaysAfter(madeAt, 5),
  to: businessDaysAfter(madeAt, 10),
});

/** ` for your payment of Monday 4 May 2026`, or nothing where the day is not known. */
export const paymentOfDay = (chargedAt: Instant | null): string =>
  chargedAt === null ? '' : ` for your payment of ${formatDay(chargedAt)}`;
