import { REGIONS } from '#app/pages/customer/tables/use-selected-record.ts';
import type { SelectedRecord, Tables } from '#app/pages/customer/tables/use-selected-record.ts';
import { tableOf } from '#app/pages/customer/tables/related-records.ts';
import type { CustomerTable } from '#app/services/customers/row-cursor.ts';
import { isPlainKey, isTyping, isWithin, useHotkeys } from '#app/ui/use-hotkeys.ts';

/** Keys of the page: 1 2 3 to a region, j k from wherever one is, Escape lets go of the row. */
export function usePageKeys(
  tables: Tables,
  choice: SelectedRecord,
  active: CustomerTable,
  setActive: (region: CustomerTable) => void,
): void {
  useHotkeys((event) => {
    if (!isPlainKey(event) || isTyping(event.target) || isWithin(event.target, 'dialog')) return;
    const region = REGIONS[Number(event.key) - 1];
    if (region !== undefined) {
      setActive(region);
      // The region may have been hidden behind its tab until now.
      requestAnimationFrame(() => tables[region].current?.focus());
    } else if (event.key === 'Escape') choice.clear();
    else if (isWithin(event.target, 'button, a, summary')) return;
    else if (event.key === 'j' || event.key === 'k') {
      const here = (choice.ref === null ? null : tableOf(choice.ref)) ?? active;
      tables[here].current?.move(event.key === 'j' ? 1 : -1);
    } else return;
    if (event.key !== 'Escape') event.preventDefault();
  });
}
