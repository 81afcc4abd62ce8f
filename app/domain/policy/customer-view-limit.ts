import { HOUR } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Policy } from '#app/domain/policy/policy.ts';

/*
 * How many customers one person opens. Looking at a few a minute is work; walking through the book is not.
 * Leads see who does, and far beyond that the console stops. A customer counts once, however often looked at.
 */

/** Customers that were opened longer ago than this no longer count. */
export const VIEW_WINDOW = HOUR;

export type CustomerViewVerdict =
  | { kind: 'open'; customers: number; isMany: boolean }
  /** `until`: when one of those that count no longer does. */
  | { kind: 'refused'; customers: number; until: Instant };

/** Whether one more may be opened, given when each customer was looked at last within the time that counts. */
export const judgeCustomerView = (
  lastViewed: ReadonlyMap<string, Instant>,
  customerId: string,
  { noticeAbove, refuseAbove }: Policy['customersAnHour'],
): CustomerViewVerdict => {
  const isNew = !lastViewed.has(customerId);
  const customers = lastViewed.size + (isNew ? 1 : 0);
  if (isNew && customers > refuseAbove)
    return {
      kind: 'refused',
      customers: lastViewed.size,
      until: Math.min(...lastViewed.values()) + VIEW_WINDOW,
    };
  return { kind: 'open', customers, isMany: isNew && customers > noticeAbove };
};
