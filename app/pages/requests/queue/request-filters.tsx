import { Link } from '@remix-run/react';
import { STATE_LABELS } from '#app/domain/requests/state-machine.ts';
import { KIND_LABELS } from '#app/domain/requests/labels.ts';
import { REQUEST_KINDS, RESERVING_STATES } from '#app/domain/requests/request.ts';
import { FilterChoice, FilterForm } from '#app/pages/shared/filter-form.tsx';
import { requestsPath } from '#app/pages/shared/request-paths.ts';
import type { RequestQueue } from '#app/services/requests/views/load-request-queue.ts';

interface RequestFiltersProps {
  queue: Pick<RequestQueue, 'mine' | 'stuck' | 'all' | 'short'>;
  filters: URLSearchParams;
}

const LOOK = 'rounded-control px-2 py-1 text-ink hover:no-underline aria-[current=true]:bg-chosen';

/** Every filter is in the address. */
export function RequestFilters({ queue, filters }: RequestFiltersProps) {
  const { mine, stuck, all, short } = queue;
  const onlyMine = filters.get('mine') === '1';
  const inReview = filters.get('state') === 'needs_review';
  const views = [
    { words: 'All', count: all, to: requestsPath(filters, { mine: null, state: null }) },
    { words: 'Mine', count: mine, to: requestsPath(filters, { mine: '1', state: null }) },
  ];
  return (
    <>
      <nav aria-label="Whose" className="flex gap-1 border-s border-hairline ps-4">
        {views.map(({ words, count, to }) => (
          <Link
            key={words}
            to={to}
            aria-current={(words === 'Mine') === onlyMine && !inReview ? 'true' : undefined}
            className={LOOK}
          >
            {words} <span className="number text-ink-quiet">{count}</span>
          </Link>
        ))}
      </nav>
      <FilterForm action="/requests" kept={[['mine', onlyMine ? '1' : null]]}>
        <FilterChoice name="kind" label="Remedy" filters={filters} empty="All">
          {REQUEST_KINDS.map((kind) => [kind, KIND_LABELS[kind]])}
        </FilterChoice>
        <FilterChoice name="state" label="State" filters={filters} empty="All">
          {RESERVING_STATES.map((state) => [state, STATE_LABELS[state]])}
        </FilterChoice>
      </FilterForm>
      {stuck === 0 ? null : (
        <p className="text-high">
          <span aria-hidden>▲ </span>
          <span className="number">{stuck}</span> stuck
        </p>
      )}
      {short === 0 ? null : (
        <p className="text-high" title="Fewer approvers are available than the policy needs">
          <span aria-hidden>▲ </span>
          <span className="number">{short}</span> without an available approver
        </p>
      )}
    </>
  );
}
