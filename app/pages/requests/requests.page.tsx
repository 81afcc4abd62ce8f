import { useLoaderData, useSearchParams } from '@remix-run/react';
import { may } from '#app/domain/roles.ts';
import { RequestFilters } from '#app/pages/requests/request-filters.tsx';
import { requestsPath } from '#app/pages/requests/request-address.ts';
import { queueQuery } from '#app/pages/requests/request-query.ts';
import { RequestTabs } from '#app/pages/requests/request-tabs.tsx';
import { RequestWork } from '#app/pages/requests/request-work.tsx';
import { guarded } from '#app/platform/guarded.ts';
import { loadRequests } from '#app/services/money/load-requests.ts';

export const meta = () => [{ title: 'Requests – Redress' }];

export const loader = guarded(
  'requests.view',
  { audit: 'none', query: queueQuery },
  async ({ query: { kind, state, mine }, app }) => {
    const queue = await loadRequests(app, { kind, state, mine: mine === '1' });
    return { ...queue, seesDrift: may(app.actor.role, 'drift.view') };
  },
);

export default function RequestsPage() {
  const queue = useLoaderData<typeof loader>();
  const [filters] = useSearchParams();
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Requests</h1>
      <RequestTabs seesDrift={queue.seesDrift}>
        <RequestFilters queue={queue} filters={filters} />
      </RequestTabs>
      {/* Another filter is another list: choice and order start anew. */}
      <RequestWork key={requestsPath(filters, {})} queue={queue} filters={filters} />
    </div>
  );
}
