import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { relatedRecords, tableOf } from '#app/pages/customer/tables/related-records.ts';
import type { TableRowsState } from '#app/pages/customer/tables/use-table-rows.ts';
import { useRecordDetails } from '#app/pages/customer/tables/use-record-details.ts';
import type { RecordDetailsState } from '#app/pages/customer/tables/use-record-details.ts';
import type { GenerationRow } from '#app/services/customers/load-generation-rows.ts';
import type { LedgerRow } from '#app/services/customers/load-ledger-rows.ts';
import type { PaymentRow } from '#app/services/customers/load-payment-rows.ts';
import type { CustomerTable } from '#app/services/customers/row-cursor.ts';
import type { TableHandle } from '#app/ui/data-table-types.ts';

export interface Regions {
  ledger: TableRowsState<LedgerRow>;
  payments: TableRowsState<PaymentRow>;
  generations: TableRowsState<GenerationRow>;
}
export type Tables = Record<CustomerTable, RefObject<TableHandle>>;

export interface SelectedRecord {
  ref: string | null;
  partners: ReadonlySet<string>;
  sheet: RecordDetailsState;
  /** From a row: it is in view already. */
  choose(ref: string): void;
  /** From elsewhere (a flag's evidence, the address): its region goes there. */
  goTo(ref: string): void;
  clear(): void;
  /** Long texts of the chosen record are shown from beginning to end. */
  showWhole(): void;
}

export const REGIONS: readonly CustomerTable[] = ['ledger', 'payments', 'generations'];

/** The first of `refs` in each region but the one that was chosen in. */
function firstInOthers(
  refs: Iterable<string>,
  chosenIn: CustomerTable | null,
): Map<CustomerTable, string> {
  const first = new Map<CustomerTable, string>();
  for (const ref of refs) {
    const region = tableOf(ref);
    if (region !== null && region !== chosenIn && !first.has(region)) first.set(region, ref);
  }
  return first;
}

/** Brings a record into view, loading the rows around it where they are not loaded yet. */
function useReveal(regions: Regions, tables: Tables) {
  const latest = useRef(regions);
  useEffect(() => {
    latest.current = regions;
  });
  const pending = useRef(new Map<CustomerTable, string>());
  const reveal = useCallback(
    async (ref: string, where: 'nearest' | 'center') => {
      const region = tableOf(ref);
      if (region === null || tables[region].current?.reveal(ref, where) !== false) return;
      pending.current.set(region, ref);
      await latest.current[region].loadAround(ref);
    },
    [tables],
  );
  // Rows that were asked for have come: now there is something to show.
  useEffect(() => {
    for (const [region, ref] of pending.current) {
      if (tables[region].current?.reveal(ref, 'center') !== false) pending.current.delete(region);
    }
  }, [regions.ledger.rows, regions.payments.rows, regions.generations.rows, tables]);
  return reveal;
}

/** The chosen record, its partners, and everything about it. */
export function useSelectedRecord(
  regions: Regions,
  tables: Tables,
  sheetAddress: string,
  version: number,
): SelectedRecord {
  const [ref, setRef] = useState<string | null>(null);
  const [wholeRef, setWholeRef] = useState<string | null>(null);
  const details = useRecordDetails(sheetAddress, ref, version, ref !== null && wholeRef === ref);
  const reveal = useReveal(regions, tables);
  const { rows: ledger } = regions.ledger;
  const { rows: payments } = regions.payments;
  const partners = useMemo(() => {
    const found = relatedRecords(ref, ledger, payments);
    if (details.kind === 'there' && details.ref === ref) {
      for (const partner of details.sheet.partners) found.add(partner);
    }
    return found;
  }, [ref, details, ledger, payments]);

  // The others scroll to the partners once for each choice: later they stay where the person left them.
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (ref === null || details.kind === 'none' || details.ref !== ref || shown.current === ref)
      return;
    if (details.kind !== 'there') return;
    shown.current = ref;
    const first = firstInOthers(details.sheet.partners, tableOf(ref));
    for (const partner of first.values()) void reveal(partner, 'nearest');
  }, [ref, details, reveal]);

  const choose = useCallback((next: string) => {
    shown.current = null;
    setRef(next);
  }, []);
  const goTo = useCallback(
    (next: string) => {
      choose(next);
      void reveal(next, 'center');
    },
    [choose, reveal],
  );
  const clear = useCallback(() => setRef(null), []);
  const showWhole = useCallback(() => setWholeRef(ref), [ref]);
  return { ref, partners, sheet: details, choose, goTo, clear, showWhole };
}
