import { FIRST_INSTANT } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { PolicyVersion } from '#app/domain/policy/policy.ts';
import type { CustomerAccount } from '#app/services/customers/load-account.ts';
import type { CustomerPageData, Period } from '#app/services/customers/customer-page-data.ts';
import { loadGenerationRows } from '#app/services/customers/load-generation-rows.ts';
import { loadLedgerRows } from '#app/services/customers/load-ledger-rows.ts';
import { loadPaymentRows } from '#app/services/customers/load-payment-rows.ts';
import type { RowPage, Scope } from '#app/services/customers/row-cursor.ts';
import { refundTotals } from '#db/queries/customers/refund-rows.ts';
import { countSetups } from '#db/queries/customers/setup-rows.ts';
import type { Read } from '#db/store.ts';
/** Rows of each region that come with the page. */
export const FIRST_ROWS = 30;

type Regions = Pick<CustomerPageData, 'ledger' | 'payments' | 'generations'>;

interface Shown {
  account: CustomerAccount;
  policies: readonly PolicyVersion[];
  at: Instant;
  period: Period | null;
}

/** Which rows a page at an instant shows. */
export const scopeOf = (customerId: string, at: Instant, period: Period | null): Scope => ({
  customerId,
  from: period?.from ?? FIRST_INSTANT,
  until: Math.min(period?.until ?? at, at),
  asOf: at,
});

/** What was refunded of each payment, as of an instant. */
export const refundTotalsOf = async (read: Read, customerId: string, asOf: Instant) =>
  new Map((await refundTotals(read, { customerId, asOf })).map((row) => [row.paymentId, row]));

const NONE = { rows: [], older: null, newer: null, firstIndex: 0 };

/** The newest rows of the three regions. */
export async function firstRows(read: Read, customerId: string, shown: Shown): Promise<Regions> {
  const { account, policies, at, period } = shown;
  const scope = scopeOf(customerId, at, period);
  const newest = { kind: 'newest' } as const;
  // The kept balance is the one at the end of the whole ledger, not of a period.
  const balance = scope.until === at ? account.balance : undefined;
  const refunded = refundTotalsOf(read, customerId, at);
  const [totals, ledger, payments, generations, [setups]] = await Promise.all([
    refunded,
    loadLedgerRows(read, scope, newest, FIRST_ROWS, balance),
    refunded.then((of) => loadPaymentRows(read, scope, of, newest, FIRST_ROWS)),
    loadGenerationRows(read, scope, policies, newest, FIRST_ROWS),
    countSetups(read, { customerId, asOf: at }),
  ]);
  const refunds = [...totals.values()].reduce((sum, row) => sum + row.refunds, 0);
  const counted = <Row>(page: RowPage<Row> | null, all: number) => {
    const rows = page ?? NONE;
    if (rows.older === null && rows.newer === null) return { ...rows, count: rows.rows.length };
    return { ...rows, count: period === null ? Math.max(all, rows.rows.length) : -1 };
  };
  return {
    ledger: counted(ledger, account.entries),
    payments: counted(payments, account.payments + refunds + (setups?.rows ?? 0)),
    generations: counted(generations, account.generations),
  };
}
