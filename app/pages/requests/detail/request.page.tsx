import { isRouteErrorResponse, Link, useLoaderData, useRouteError } from '@remix-run/react';
import type { MetaFunction } from '@remix-run/react';
import { z } from 'zod';
import { ErrorPage, errorOf } from '#app/pages/shared/error-page.tsx';
import { RequestDetailPanel } from '#app/pages/requests/detail/request-detail.tsx';
import { useLiveFacts } from '#app/pages/shared/use-live.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { notFound } from '#app/web/http.ts';
import { remedyDeps } from '#app/web/remedy-deps.ts';
import { recordViewOrRefuse } from '#app/web/record-view.ts';
import { loadRequestDetail } from '#app/services/requests/views/load-request-page.ts';

/** All of one request: for its own page, and for the queue, which shows it beside the list. */
export const loader = guarded(
  'requests.view',
  { audit: 'view-named', params: z.object({ id: recordId }) },
  async ({ params, app }) => {
    const page = await loadRequestDetail(remedyDeps(app), app.money, params.id);
    if (page === null) throw notFound();
    await recordViewOrRefuse(app, page.line.customerId);
    return { ...page, role: app.actor.role };
  },
);

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.line.title ?? 'Not found'} – Redress` },
];

export default function RequestPage() {
  const page = useLoaderData<typeof loader>();
  useLiveFacts({ customerId: page.line.customerId, events: ['requests'] });
  return (
    <div className="mx-auto flex h-full min-h-0 max-w-[860px] flex-col border-x border-hairline">
      <h1 className="sr-only">Request</h1>
      <nav aria-label="Back" className="flex-none border-b border-hairline px-3 py-1.5">
        <Link to="/requests">All requests</Link>
      </nav>
      <RequestDetailPanel key={page.line.id} page={page} beside={false} />
    </div>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const problem = errorOf(isRouteErrorResponse(error) ? error : null);
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return missing ? (
    <ErrorPage
      {...problem}
      title="Request not found"
      message="The link may be incomplete. All open requests are in the queue."
    />
  ) : (
    <ErrorPage {...problem} />
  );
}
