import { useSearchParams } from '@remix-run/react';
import { useEffect, useMemo, useRef } from 'react';
import { BalanceChart } from '#app/pages/customer/balance-chart.tsx';
import { FlagList } from '#app/pages/customer/flag-list.tsx';
import { flaggedRecords } from '#app/pages/customer/flag-target.ts';
import { generationKey } from '#app/pages/customer/generation-columns.ts';
import { ledgerKey } from '#app/pages/customer/ledger-columns.ts';
import { unpack } from '#app/pages/customer/packed-rows.ts';
import type { Packed } from '#app/pages/customer/packed-rows.ts';
import { paymentKey } from '#app/pages/customer/payment-columns.ts';
import { useRemedyPanel } from '#app/pages/remedies/use-remedy-panel.tsx';
import { RecordStrip } from '#app/pages/customer/record-strip.tsx';
import { HoldBanner } from '#app/pages/customer/hold-banner.tsx';
import { RequestBanners } from '#app/pages/customer/request-banners.tsx';
import { ThreeRegions } from '#app/pages/customer/regions.tsx';
import { useChoice } from '#app/pages/customer/use-choice.ts';
import type { Tables } from '#app/pages/customer/use-choice.ts';
import { useRegionRows } from '#app/pages/customer/use-region-rows.ts';
import { customerPath } from '#app/pages/customer-path.ts';
import type { Role } from '#app/domain/roles.ts';
import { toIso } from '#app/domain/instant.ts';
import type { CustomerRequests } from '#app/services/money/customer-requests.ts';
import type { CustomerView, RegionStart } from '#app/services/customer-view.ts';
import type { GenerationRow } from '#app/services/load-generation-rows.ts';
import type { LedgerRow } from '#app/services/load-ledger-rows.ts';
import type { PaymentRow } from '#app/services/load-payment-rows.ts';
import type { ChartGeometry } from '#app/ui/chart-geometry.ts';
import type { TableHandle } from '#app/ui/data-table-types.ts';

type PackedStart<Row> = Omit<RegionStart<Row>, 'rows'> & { rows: Packed<Row> };

/** What the loader sends: the view, its rows packed and its chart laid out. */
export interface CustomerPage extends Omit<
  CustomerView,
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

const useUnpacked = <Row extends object>(start: PackedStart<Row>): RegionStart<Row> =>
  useMemo(() => ({ ...start, rows: unpack(start.rows) }), [start]);

/** Where further rows and whole records of this page come from. */
function addressesOf({ id, asOf }: CustomerPage, params: URLSearchParams) {
  const past = asOf === null ? '' : `asOf=${encodeURIComponent(toIso(asOf))}&`;
  const kept = ['from', 'to'].flatMap((name) => {
    const value = params.get(name);
    return value === null || value === '' ? [] : [`${name}=${encodeURIComponent(value)}&`];
  });
  const path = customerPath(id);
  return { rows: `${path}/rows?${past}${kept.join('')}`, record: `${path}/record?${past}` };
}

function useTables(): Tables {
  const ledger = useRef<TableHandle>(null);
  const payments = useRef<TableHandle>(null);
  const generations = useRef<TableHandle>(null);
  return useMemo(() => ({ ledger, payments, generations }), []);
}

/** The living part of the page: flags, chart and tables share one choice of a record. */
export function CustomerWork({ page }: { page: CustomerPage }) {
  const [params] = useSearchParams();
  const addresses = addressesOf(page, params);
  const tables = useTables();
  const regions = {
    ledger: useRegionRows('ledger', useUnpacked(page.ledger), ledgerKey, addresses.rows),
    payments: useRegionRows('payments', useUnpacked(page.payments), paymentKey, addresses.rows),
    generations: useRegionRows(
      'generations',
      useUnpacked(page.generations),
      generationKey,
      addresses.rows,
    ),
  };
  const choice = useChoice(regions, tables, addresses.record, page.at);
  const { goTo } = choice;
  const asked = params.get('choose');
  useEffect(() => {
    if (asked !== null && asked !== '') goTo(asked);
  }, [asked, goTo]);
  const flagged = useMemo(() => flaggedRecords(page.flags), [page.flags]);
  const zone = page.customer?.timeZone ?? null;
  const remedies = useRemedyPanel({
    ...{ customerId: page.id, version: page.at, chosen: choice.ref, goTo },
    requests: useMemo(() => [...page.requests.open, ...page.requests.settled], [page.requests]),
  });
  const shared = { role: page.role, onRemedy: remedies.open };
  return (
    <>
      <RequestBanners requests={page.requests} now={page.at} />
      {page.customer?.generationHold === true ? <HoldBanner page={page} {...shared} /> : null}
      <FlagList
        view={page}
        staff={page.assignees}
        goTo={goTo}
        requests={page.requests.open}
        {...shared}
      />
      <div className="work-area">
        <BalanceChart geometry={page.chart} period={page.period} days={page.days} />
        <ThreeRegions
          regions={regions}
          tables={tables}
          choice={choice}
          flagged={flagged}
          now={page.at}
          zone={zone}
          partial={page.period !== null}
        />
        <RecordStrip choice={choice} now={page.at} zone={zone} {...shared} />
        {remedies.panel}
      </div>
    </>
  );
}
