import { useEffect } from 'react';
import { REGIONS } from '#app/pages/customer/tables/use-selected-record.ts';
import type { SelectedRecord, Tables } from '#app/pages/customer/tables/use-selected-record.ts';
import { tableOf } from '#app/pages/customer/tables/related-records.ts';
import type { CustomerTable } from '#app/services/customers/row-cursor.ts';

const isBusy = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, button, a, summary, dialog, [contenteditable]') !== null;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, dialog, [contenteditable]') !== null;

/** Keys of the page: 1 2 3 to a region, j k from wherever one is, Escape lets go of the row. */
export function usePageKeys(
  tables: Tables,
  choice: SelectedRecord,
  active: CustomerTable,
  setActive: (region: CustomerTable) => void,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const region = REGIONS[Number(event.key) - 1];
      if (region !== undefined) {
        setActive(region);
        // The region may have been hidden behind its tab until now.
        requestAnimationFrame(() => tables[region].current?.focus());
      } else if (event.key === 'Escape') choice.clear();
      else if (isBusy(event.target)) return;
      else if (event.key === 'j' || event.key === 'k') {
        const here = (choice.ref === null ? null : tableOf(choice.ref)) ?? active;
        tables[here].current?.move(event.key === 'j' ? 1 : -1);
      } else return;
      if (event.key !== 'Escape') event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [tables, choice, active, setActive]);
}
