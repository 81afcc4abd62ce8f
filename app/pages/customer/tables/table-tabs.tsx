import { formatCredits } from '#app/domain/money/credits.ts';
import { REGIONS } from '#app/pages/customer/tables/use-selected-record.ts';
import type { Regions } from '#app/pages/customer/tables/use-selected-record.ts';
import type { CustomerTable } from '#app/services/customers/row-cursor.ts';

const NAMES: Record<CustomerTable, string> = {
  ledger: 'Ledger',
  payments: 'Payments',
  generations: 'Generations',
};

interface RegionTabsProps {
  active: CustomerTable;
  onActivate: (region: CustomerTable) => void;
  regions: Regions;
}

/** Below 900 pixels one region is shown at a time; wider, all are and this is not there. */
export const TableTabs = ({ active, onActivate, regions }: RegionTabsProps) => (
  <div
    className="flex border-b border-hairline min-[900px]:hidden"
    role="group"
    aria-label="Which rows"
  >
    {REGIONS.map((region) => (
      <button
        key={region}
        type="button"
        aria-pressed={region === active}
        aria-controls={`region-${region}`}
        className="h-9 flex-1 border-b-2 border-transparent aria-pressed:border-accent aria-pressed:font-semibold"
        onClick={() => onActivate(region)}
      >
        {NAMES[region]}{' '}
        {regions[region].count < 0 ? null : (
          <span className="number text-ink-quiet">{formatCredits(regions[region].count)}</span>
        )}
      </button>
    ))}
  </div>
);
