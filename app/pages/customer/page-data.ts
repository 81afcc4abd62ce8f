import type { CustomerPageData, TableStart } from '#app/services/customers/customer-page-data.ts';
import type { Packed } from '#app/pages/customer/packed-rows.ts';
import type { Role } from '#app/domain/access/roles.ts';
import type { CustomerRequests } from '#app/services/requests/views/load-customer-requests.ts';
import type { ChartGeometry } from '#app/ui/chart-geometry.ts';
import type { LedgerRow } from '#app/services/customers/load-ledger-rows.ts';
import type { PaymentRow } from '#app/services/customers/load-payment-rows.ts';
import type { GenerationRow } from '#app/services/customers/load-generation-rows.ts';

export type PackedStart<Row> = Omit<TableStart<Row>, 'rows'> & { rows: Packed<Row> };

/** What the loader sends: the view, its rows packed and its chart laid out. */
export interface CustomerPage extends Omit<
  CustomerPageData,
  'ledger' | 'payments' | 'generations' | 'chart'
> {
  role: Role;
  requests: CustomerRequests;
  days: number;
  chart: ChartGeometry;
  ledger: PackedStart<LedgerRow>;
  payments: PackedStart<PaymentRow>;
  generations: PackedStart<GenerationRow>;
}
