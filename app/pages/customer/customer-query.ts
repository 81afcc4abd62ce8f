import { z } from 'zod';
import { CHART_DAYS } from '#app/pages/customer/chart-period.ts';
import { DAY, toIso } from '#app/lib/instant.ts';
import { instantText } from '#app/web/fields.ts';
import { badParameter } from '#app/web/http.ts';
import type { Period } from '#app/services/customers/customer-page-data.ts';

const days = z
  .enum(CHART_DAYS.map(String) as [string, ...string[]], { error: 'expected 30, 90 or 365' })
  .transform(Number);

/** What the address of a customer's page may say. `from` and `to` are days or instants. */
export const customerQuery = z.object({
  asOf: instantText.optional(),
  from: instantText.optional(),
  to: instantText.optional(),
  days: days.optional(),
});

/**
 * The instant of the past that is asked for; null: the account as it is now. Throws the page's refusal
 * for one that has not come: nobody knows what will be.
 */
export function pastInstant(asOf: number | undefined, now: number): number | null {
  if (asOf === undefined) return null;
  if (asOf > now)
    throw badParameter('asOf', `expected an instant that has come: it is ${toIso(now)}`);
  return asOf;
}

const isDay = (text: string | null): boolean => text !== null && /^\d{4}-\d\d-\d\d$/.test(text);

/**
 * The period that the regions show. A day in `to` is meant to its end.
 * @param toText `to` as written. Throws the page's refusal where the period ends before it begins.
 */
export function periodOf(
  { from, to }: { from?: number | undefined; to?: number | undefined },
  toText: string | null,
): Period | null {
  if (from === undefined && to === undefined) return null;
  const until = to === undefined ? Date.UTC(9999, 11, 31) : isDay(toText) ? to + DAY - 1 : to;
  const start = from ?? 0;
  if (until < start) throw badParameter('to', 'expected an instant after “from”');
  return { from: start, until };
}
