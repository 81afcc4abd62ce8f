import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { loadedPartners, regionOf } from '#app/pages/customer/partners.ts';
import type { RegionRows } from '#app/pages/customer/use-region-rows.ts';
import { useSheet } from '#app/pages/customer/use-sheet.ts';
import type { SheetState } from '#app/pages/customer/use-sheet.ts';
import type { GenerationRow } from '#app/services/load-generation-rows.ts';
import type { LedgerRow } from '#app/services/load-ledger-rows.ts';
import type { PaymentRow } from '#app/services/load-payment-rows.ts';
import type { Region } from '#app/services/row-places.ts';
import type { TableHandle } from '#app/ui/data-table-types.ts';

export interface Regions {
  ledger: RegionRows<LedgerRow>;
  payments: RegionRows<PaymentRow>;
  generations: RegionRows<GenerationRow>;
}
export type Tables = Record<Region, RefObject<TableHandle>>;

export interface Choice {
  ref: string | null;
  partners: ReadonlySet<string>;
  sheet: SheetState;
  /** From a row: it is in view already. */
  choose(ref: string): void;
  /** From elsewhere (a flag's evidence, the address): its region goes there. */
  goTo(ref: string): void;
  clear(): void;
  /** Long texts of the chosen record are shown from beginning to end. */
  showWhole(): void;
}

export const REGIONS: readonly Region[] = ['ledger', 'payments', 'generations'];

/** The first of `refs` in each region but the one that was chosen in. */
function firstInOthers(refs: Iterable<string>, chosenIn: Region | null): Map<Region, string> {
  const first = new Map<Region, string>();
  for (const ref of refs) {
    const region = regionOf(ref);
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
  const pending = useRef(new Map<Region, string>());
  const reveal = useCallback(
    async (ref: string, where: 'nearest' | 'center') => {
      const region = regionOf(ref);
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
export function useChoice(
  regions: Regions,
  tables: Tables,
  sheetAddress: string,
  version: number,
): Choice {
  const [ref, setRef] = useState<string | null>(null);
  const [wholeRef, setWholeRef] = useState<string | null>(null);
  const sheet = useSheet(sheetAddress, ref, version, ref !== null && wholeRef === ref);
  const reveal = useReveal(regions, tables);
  const { rows: ledger } = regions.ledger;
  const { rows: payments } = regions.payments;
  const partners = useMemo(() => {
    const found = loadedPartners(ref, ledger, payments);
    if (sheet.kind === 'there' && sheet.ref === ref) {
      for (const partner of sheet.sheet.partners) found.add(partner);
    }
    return found;
  }, [ref, sheet, ledger, payments]);

  // The others scroll to the partners once for each choice: later they stay where the person left them.
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (ref === null || sheet.kind === 'none' || sheet.ref !== ref || shown.current === ref) return;
    if (sheet.kind !== 'there') return;
    shown.current = ref;
    const first = firstInOthers(sheet.sheet.partners, regionOf(ref));
    for (const partner of first.values()) void reveal(partner, 'nearest');
  }, [ref, sheet, reveal]);

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
  return { ref, partners, sheet, choose, goTo, clear, showWhole };
}
