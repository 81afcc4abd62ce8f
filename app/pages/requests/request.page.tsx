import { isRouteErrorResponse, Link, useLoaderData, useRouteError } from '@remix-run/react';
import type { MetaFunction } from '@remix-run/react';
import { z } from 'zod';
import { ProblemPage, problemOf } from '#app/pages/shell/problem-page.tsx';
import { RequestDesk } from '#app/pages/requests/request-desk.tsx';
import { useLiveFacts } from '#app/pages/use-live.ts';
import { recordId } from '#app/platform/fields.ts';
import { guarded } from '#app/platform/guarded.ts';
import { notFound } from '#app/platform/http.ts';
import { staffMoney } from '#app/platform/staff-money.ts';
import { viewed } from '#app/platform/viewed.ts';
import { loadRequestPage } from '#app/services/money/load-request-page.ts';

/** All of one request: for its own page, and for the queue, which shows it beside the list. */
export const loader = guarded(
  'requests.view',
  { audit: 'view-named', params: z.object({ id: recordId }) },
  async ({ params, app }) => {
    const page = await loadRequestPage(staffMoney(app), app.money, params.id);
    if (page === null) throw notFound();
    await viewed(app, page.line.customerId);
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
      <RequestDesk key={page.line.id} page={page} beside={false} />
    </div>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const problem = problemOf(isRouteErrorResponse(error) ? error : null);
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return missing ? (
    <ProblemPage
      {...problem}
      title="There is no such request"
      message="It may have been copied in part. All open requests are in the queue."
    />
  ) : (
    <ProblemPage {...problem} />
  );
}
