import { useLoaderData } from '@remix-run/react';
import { may } from '#app/domain/access/roles.ts';
import { closedQuery } from '#app/pages/requests/queue/request-query.ts';
import { RequestTabs } from '#app/pages/shared/request-tabs.tsx';
import { ClosedRequestsView } from '#app/pages/requests/queue/closed-requests-view.tsx';
import { guarded } from '#app/web/guarded.ts';
import { loadClosedRequests } from '#app/services/requests/views/load-request-queue.ts';

export const meta = () => [{ title: 'Closed requests – Redress' }];

export const loader = guarded(
  'requests.view',
  { audit: 'none', query: closedQuery },
  async ({ query, app }) => {
    const page = await loadClosedRequests(app, query.after ?? null);
    return { ...page, now: app.now(), seesDrift: may(app.actor.role, 'drift.view') };
  },
);

export default function ClosedRequestsPage() {
  const page = useLoaderData<typeof loader>();
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Closed requests</h1>
      <RequestTabs seesDrift={page.seesDrift} />
      <ClosedRequestsView page={page} />
    </div>
  );
}
