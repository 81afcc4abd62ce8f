import { useLoaderData, useSearchParams } from '@remix-run/react';
import { may } from '#app/domain/access/roles.ts';
import { RequestFilters } from '#app/pages/requests/queue/request-filters.tsx';
import { requestsPath } from '#app/pages/shared/request-paths.ts';
import { queueQuery } from '#app/pages/requests/queue/request-query.ts';
import { RequestTabs } from '#app/pages/shared/request-tabs.tsx';
import { RequestsView } from '#app/pages/requests/queue/requests-view.tsx';
import { guarded } from '#app/web/guarded.ts';
import { loadRequestQueue } from '#app/services/requests/views/load-request-queue.ts';

export const meta = () => [{ title: 'Requests – Redress' }];

export const loader = guarded(
  'requests.view',
  { audit: 'none', query: queueQuery },
  async ({ query: { kind, state, mine }, app }) => {
    const queue = await loadRequestQueue(app, { kind, state, mine: mine === '1' });
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
      <RequestsView key={requestsPath(filters, {})} queue={queue} filters={filters} />
    </div>
  );
}
