import { useSearchParams } from '@remix-run/react';
import { useEffect, useMemo, useRef } from 'react';
import { BalanceChart } from '#app/pages/customer/balance-chart.tsx';
import { FlagList } from '#app/pages/customer/flag-list.tsx';
import { flaggedRecords } from '#app/pages/customer/scroll-to-flag.ts';
import { generationKey } from '#app/pages/customer/tables/generation-columns.ts';
import { ledgerKey } from '#app/pages/customer/tables/ledger-columns.ts';
import { unpack } from '#app/pages/customer/packed-rows.ts';
import { paymentKey } from '#app/pages/customer/tables/payment-columns.ts';
import { useRemedyPanel } from '#app/pages/shared/remedies/use-remedy-panel.tsx';
import { SelectedRecordBar } from '#app/pages/customer/selected-record-bar.tsx';
import { HoldBanner } from '#app/pages/customer/hold-banner.tsx';
import { RequestBanners } from '#app/pages/customer/request-banners.tsx';
import { CustomerTables } from '#app/pages/customer/tables/tables.tsx';
import { useSelectedRecord } from '#app/pages/customer/tables/use-selected-record.ts';
import type { Tables } from '#app/pages/customer/tables/use-selected-record.ts';
import { useTableRows } from '#app/pages/customer/tables/use-table-rows.ts';
import { customerPath } from '#app/pages/shared/paths.ts';
import { toIso } from '#app/lib/instant.ts';
import type { TableStart } from '#app/services/customers/customer-page-data.ts';
import type { TableHandle } from '#app/ui/data-table-types.ts';
import type { CustomerPage, PackedStart } from '#app/pages/customer/page-data.ts';
const useUnpacked = <Row extends object>(start: PackedStart<Row>): TableStart<Row> =>
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
export function CustomerView({ page }: { page: CustomerPage }) {
  const [params] = useSearchParams();
  const addresses = addressesOf(page, params);
  const tables = useTables();
  const regions = {
    ledger: useTableRows('ledger', useUnpacked(page.ledger), ledgerKey, addresses.rows),
    payments: useTableRows('payments', useUnpacked(page.payments), paymentKey, addresses.rows),
    generations: useTableRows(
      'generations',
      useUnpacked(page.generations),
      generationKey,
      addresses.rows,
    ),
  };
  const choice = useSelectedRecord(regions, tables, addresses.record, page.at);
  const { goTo } = choice;
  const draft = params.get('choose');
  useEffect(() => {
    if (draft !== null && draft !== '') goTo(draft);
  }, [draft, goTo]);
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
        <CustomerTables
          regions={regions}
          tables={tables}
          choice={choice}
          flagged={flagged}
          now={page.at}
          zone={zone}
          partial={page.period !== null}
        />
        <SelectedRecordBar choice={choice} now={page.at} zone={zone} {...shared} />
        {remedies.panel}
      </div>
    </>
  );
}
