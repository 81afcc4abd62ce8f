import { compareBalance } from '#app/domain/book/compare-balance.ts';
import type { Customer } from '#app/domain/book/records.ts';
import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { policyAt } from '#app/domain/policy/policy.ts';
import type { RuleContext } from '#app/domain/rules/evaluate.ts';
import type { CustomerAccount } from '#app/services/customers/load-account.ts';
import type { BalanceDays, BalanceLine } from '#app/services/customers/customer-page-data.ts';
import { creditsBetween } from '#app/services/ledger/ledger-balance.ts';
import { entriesBetween } from '#app/services/customers/load-ledger-rows.ts';
import type { Read } from '#db/store.ts';
/** The balance by the ledger, and what the product shows beside it. */
export async function balanceLine(
  read: Read,
  customerId: string,
  customer: Pick<Customer, 'reportedBalance' | 'reportedBalanceAt'> | null,
  { balance }: CustomerAccount,
  { at, asOf, world }: { at: Instant; asOf: Instant | null; world: RuleContext },
): Promise<BalanceLine> {
  const credits = customer?.reportedBalance ?? null;
  if (credits === null) return { ledger: balance, reported: null };
  const reportedAt = customer?.reportedBalanceAt ?? null;
  // Of a report that lies after the instant shown, or nobody knows when, nothing was known then.
  const isLater = reportedAt === null ? asOf !== null : reportedAt > at;
  if (isLater) return { ledger: balance, reported: null };
  const tolerance = policyAt(world.policies, at).balanceTolerance;
  const since = reportedAt === null ? 0 : await creditsBetween(read, customerId, reportedAt, at);
  const agreement = compareBalance({
    ...{ reported: credits, reportedAt, ledgerThen: balance - since, now: at, tolerance },
    movedAround:
      reportedAt !== null && (await movedAround(read, customerId, reportedAt, tolerance)),
    ledgerThrough: world.streams.ledger,
  });
  return { ledger: balance, reported: { credits, at: reportedAt, agreement, since } };
}

/** Whether an entry lies so close to the report that the two may not have seen each other. */
const movedAround = async (
  read: Read,
  customerId: string,
  at: Instant,
  tolerance: number,
): Promise<boolean> =>
  (await entriesBetween(read, customerId, at - tolerance - 1, at + tolerance)) > 0;

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
