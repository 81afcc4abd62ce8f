import type { Instant } from '#app/lib/instant.ts';
import { FIRST_ROWS, refundTotalsOf, scopeOf } from '#app/services/customers/load-tables.ts';
import type { Period } from '#app/services/customers/customer-page-data.ts';
import type { Deps } from '#app/services/deps.ts';
import { loadGenerationRows } from '#app/services/customers/load-generation-rows.ts';
import type { GenerationRow } from '#app/services/customers/load-generation-rows.ts';
import { loadLedgerRows } from '#app/services/customers/load-ledger-rows.ts';
import type { LedgerRow } from '#app/services/customers/load-ledger-rows.ts';
import { loadPaymentRows } from '#app/services/customers/load-payment-rows.ts';
import type { PaymentRow } from '#app/services/customers/load-payment-rows.ts';
import { loadCachedRuleContext } from '#app/services/policy/load-cached-rule-context.ts';
import type { CustomerTable, RowPage, Start } from '#app/services/customers/row-cursor.ts';

/** Rows of a later page: more than at first, since nobody waits for them to see the page. */
const MORE_ROWS = 100;

export interface MoreRowsQuery {
  customerId: string;
  region: CustomerTable;
  asOf: Instant | null;
  period: Period | null;
  /** For `around`: the record's id, in payments with its type before it. */
  start: Start;
}

/** Further rows of one region; null where `around` names nothing that the region shows. */
export async function loadMoreRows(
  { store: { read }, now }: Pick<Deps, 'store' | 'now'>,
  { customerId, region, asOf, period, start }: MoreRowsQuery,
): Promise<RowPage<LedgerRow> | RowPage<PaymentRow> | RowPage<GenerationRow> | null> {
  const at = asOf ?? now();
  const scope = scopeOf(customerId, at, period);
  const most = start.kind === 'newest' ? FIRST_ROWS : MORE_ROWS;
  if (region === 'ledger') return loadLedgerRows(read, scope, start, most);
  if (region === 'payments') {
    return loadPaymentRows(read, scope, await refundTotalsOf(read, customerId, at), start, most);
  }
  const { policies } = await loadCachedRuleContext(read);
  return loadGenerationRows(read, scope, policies, start, most);
}
