import { useMemo, useState } from 'react';
import type { MouseEvent } from 'react';
import { generationColumns, generationKey } from '#app/pages/customer/tables/generation-columns.ts';
import { ledgerColumns, ledgerKey } from '#app/pages/customer/tables/ledger-columns.ts';
import { paymentColumns, paymentKey } from '#app/pages/customer/tables/payment-columns.ts';
import { RecordTable } from '#app/pages/customer/tables/record-table.tsx';
import { TableTabs } from '#app/pages/customer/tables/table-tabs.tsx';
import { tableOf } from '#app/pages/customer/tables/related-records.ts';
import type {
  SelectedRecord,
  Regions,
  Tables,
} from '#app/pages/customer/tables/use-selected-record.ts';
import { usePageKeys } from '#app/pages/customer/tables/use-page-keys.ts';
import type { Severity } from '#app/domain/rules/rule.ts';
import type { CustomerTable } from '#app/services/customers/row-cursor.ts';
import { timeTitle } from '#app/ui/time-format.ts';

interface ThreeRegionsProps {
  regions: Regions;
  tables: Tables;
  choice: SelectedRecord;
  /** Records that flags are about. */
  flagged: ReadonlyMap<string, Severity>;
  now: number;
  zone: string | null;
  /** What is shown is a part of the time only. */
  partial: boolean;
}

/**
 * Says in full what one points at: a time in UTC and for the customer, a text that its cell cuts off.
 * Written then, not before: a page has hundreds of cells, and all they say is in the record's sheet too.
 */
function titleCells(zone: string | null) {
  return ({ target }: MouseEvent) => {
    if (target instanceof HTMLTimeElement) {
      target.title = timeTitle(Date.parse(target.dateTime), zone);
    } else if (target instanceof HTMLTableCellElement && target.scrollWidth > target.clientWidth) {
      target.title = target.textContent ?? '';
    }
  };
}

/** Laid out by the rows that the page came with: columns stay as wide as they are while rows arrive. */
function useColumns(regions: Regions, now: number) {
  const [first] = useState({
    ledger: regions.ledger.rows,
    payments: regions.payments.rows,
    generations: regions.generations.rows,
  });
  return useMemo(
    () => ({
      ledger: ledgerColumns(now, first.ledger),
      payments: paymentColumns(now, first.payments),
      generations: generationColumns(now, first.generations),
    }),
    [now, first],
  );
}

/** Ledger, payments and generations side by side on one time order; tabs where the window is narrow. */
export function CustomerTables(props: ThreeRegionsProps) {
  const { regions, tables, choice, flagged, now, zone, partial } = props;
  const [active, setActive] = useState<CustomerTable>('ledger');
  usePageKeys(tables, choice, active, setActive);
  const columns = useColumns(regions, now);
  const follow = (ref: string) => {
    const own = tableOf(ref);
    const partner = [...choice.partners].find((other) => tableOf(other) !== own);
    if (choice.ref !== ref || partner === undefined) return choice.choose(ref);
    const region = tableOf(partner);
    choice.goTo(partner);
    if (region === null) return;
    setActive(region);
    requestAnimationFrame(() => tables[region].current?.focus());
  };
  const empty = partial ? 'No rows in this period' : null;
  const shared = { choice, flagged };
  return (
    <>
      <TableTabs active={active} onActivate={setActive} regions={regions} />
      {/* Pointing only adds tooltips: nothing that keys would miss. */}
      {/* oxlint-disable-next-line jsx-a11y/mouse-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <div className="three-regions" onMouseOver={titleCells(zone)}>
        <RecordTable
          {...shared}
          name="Ledger"
          keyName="1"
          behind={active !== 'ledger'}
          rows={regions.ledger}
          columns={columns.ledger}
          keyOf={ledgerKey}
          table={tables.ledger}
          onOpen={(row) => follow(ledgerKey(row))}
          empty={empty ?? 'No ledger entries yet. Purchases, usage and returns appear here.'}
        />
        <RecordTable
          {...shared}
          name="Payments"
          keyName="2"
          behind={active !== 'payments'}
          rows={regions.payments}
          columns={columns.payments}
          keyOf={paymentKey}
          table={tables.payments}
          onOpen={(row) => follow(paymentKey(row))}
          empty={empty ?? 'No payments yet. Payments, refunds and card setups appear here.'}
        />
        <RecordTable
          {...shared}
          name="Generations"
          keyName="3"
          behind={active !== 'generations'}
          rows={regions.generations}
          columns={columns.generations}
          keyOf={generationKey}
          table={tables.generations}
          onOpen={(row) => follow(generationKey(row))}
          empty={empty ?? 'No generations yet. Images, videos and trainings appear here.'}
        />
      </div>
    </>
  );
}
