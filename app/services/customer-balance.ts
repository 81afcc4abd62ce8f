import type { Customer } from '#app/domain/book/records.ts';
import { DAY } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { CustomerAccount } from '#app/services/customer-account.ts';
import type { BalanceDays, BalanceLine } from '#app/services/customer-view.ts';
import { creditsBetween } from '#app/services/load-ledger-rows.ts';
import type { Read } from '#db/store.ts';

/** The balance by the ledger, and what the product shows beside it. */
export async function balanceLine(
  read: Read,
  customerId: string,
  customer: Pick<Customer, 'reportedBalance' | 'reportedBalanceAt'> | null,
  { balance }: CustomerAccount,
  at: Instant,
): Promise<BalanceLine> {
  const credits = customer?.reportedBalance ?? null;
  if (credits === null) return { ledger: balance, reported: null };
  const reportedAt = customer?.reportedBalanceAt ?? null;
  // Of a report that lies after the instant shown, nothing was known then.
  if (reportedAt !== null && reportedAt > at) return { ledger: balance, reported: null };
  const then =
    reportedAt === null ? null : await balanceThen(read, customerId, balance, reportedAt, at);
  const difference = then === null ? null : credits - then;
  return { ledger: balance, reported: { credits, at: reportedAt, difference } };
}

/** Goes back from the balance at `at`: reports are recent, so few entries lie between. */
async function balanceThen(
  read: Read,
  customerId: string,
  balance: number,
  then: Instant,
  at: Instant,
): Promise<number> {
  return balance - (await creditsBetween(read, customerId, then, at));
}

/** The balance at the end of each of the last `days` days. */
export function balanceDays(
  { daily, opening }: CustomerAccount,
  at: Instant,
  days: number,
): BalanceDays {
  const firstDay = Math.floor(at / DAY) - days + 1;
  const start = daily.findIndex(([day]) => day >= firstDay);
  const index = start < 0 ? daily.length : start;
  return {
    from: firstDay * DAY,
    to: at,
    before: daily[index - 1]?.[1] ?? opening,
    days: daily.slice(index).filter(([day]) => day * DAY <= at),
  };
}
