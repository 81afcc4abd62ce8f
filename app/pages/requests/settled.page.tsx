import { useLoaderData } from '@remix-run/react';
import { may } from '#app/domain/roles.ts';
import { settledQuery } from '#app/pages/requests/request-query.ts';
import { RequestTabs } from '#app/pages/requests/request-tabs.tsx';
import { SettledWork } from '#app/pages/requests/settled-work.tsx';
import { guarded } from '#app/platform/guarded.ts';
import { loadSettledRequests } from '#app/services/money/load-requests.ts';

export const meta = () => [{ title: 'Settled requests – Redress' }];

export const loader = guarded(
  'requests.view',
  { audit: 'none', query: settledQuery },
  async ({ query, app }) => {
    const page = await loadSettledRequests(app, query.after ?? null);
    return { ...page, now: app.now(), seesDrift: may(app.actor.role, 'drift.view') };
  },
);

export default function SettledPage() {
  const page = useLoaderData<typeof loader>();
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Settled requests</h1>
      <RequestTabs seesDrift={page.seesDrift} />
      <SettledWork page={page} />
    </div>
  );
}
