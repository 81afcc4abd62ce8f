import { Link } from '@remix-run/react';
import type { FlagState } from '#app/domain/flags/flag.ts';
import { SEVERITIES } from '#app/domain/rules/rule.ts';
import { FilterChoice, FilterForm } from '#app/pages/shared/filter-form.tsx';
import { queuePath } from '#app/pages/flags/flag-paths.ts';
import type { FlagQueue } from '#app/services/flags/load-flag-queue.ts';

const STATES = ['open', 'snoozed', 'dismissed', 'closed'] as const satisfies FlagState[];

interface FlagFiltersProps {
  queue: Pick<FlagQueue, 'staff' | 'bySeverity' | 'total'>;
  filters: URLSearchParams;
}

/** Every filter is in the address: a view can be sent to a colleague and found again. */
export function FlagFilters({ queue, filters }: FlagFiltersProps) {
  const state = filters.get('state') ?? 'open';
  const { staff, bySeverity } = queue;
  return (
    <div className="flex flex-none flex-wrap items-center gap-x-4 gap-y-1 border-b border-hairline px-3 py-1.5">
      <States chosen={state} filters={filters} />
      <FilterForm
        action="/"
        kept={[
          ['state', state === 'open' ? null : state],
          ['rule', filters.get('rule')],
        ]}
      >
        <FilterChoice name="severity" label="Severity" filters={filters} empty="All">
          {SEVERITIES.map((one) => [one, `${one} (${bySeverity[one]})`])}
        </FilterChoice>
        <FilterChoice name="assignee" label="Assigned to" filters={filters} empty="Anyone">
          {[['me', 'Me'], ['nobody', 'Nobody'], ...staff.map(({ id, name }) => [id, name])]}
        </FilterChoice>
        <FilterChoice name="sort" label="Sort" filters={filters} empty="Severity, then money">
          {[['age', 'Severity, then oldest']]}
        </FilterChoice>
      </FilterForm>
    </div>
  );
}

const States = ({ chosen, filters }: { chosen: string; filters: URLSearchParams }) => (
  <nav aria-label="State" className="flex gap-1">
    {STATES.map((one) => (
      <Link
        key={one}
        to={queuePath(filters, { state: one === 'open' ? null : one })}
        aria-current={one === chosen ? 'true' : undefined}
        className="rounded-control px-2 py-1 text-ink capitalize hover:no-underline aria-[current=true]:bg-chosen"
      >
        {one}
      </Link>
    ))}
  </nav>
);
