import { isRouteErrorResponse, useLoaderData, useRouteError } from '@remix-run/react';
import type { MetaFunction } from '@remix-run/react';
import { z } from 'zod';
import { AccountHead } from '#app/pages/customer/account-head.tsx';
import { DEFAULT_DAYS, chartOf } from '#app/pages/customer/chart-period.ts';
import { CustomerView } from '#app/pages/customer/customer-view.tsx';
import { customerQuery, pastInstant, periodOf } from '#app/pages/customer/customer-query.ts';
import { pack } from '#app/pages/customer/packed-rows.ts';
import { PastBanner } from '#app/pages/customer/as-of-picker.tsx';
import { ErrorPage, errorOf } from '#app/pages/shared/error-page.tsx';
import { useLive } from '#app/pages/shared/use-live.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { notFound } from '#app/web/http.ts';
import { loadCustomer } from '#app/services/customers/load-customer.ts';
import { loadCustomerRequests } from '#app/services/requests/views/load-customer-requests.ts';

export const loader = guarded(
  'customers.view',
  { audit: 'view-customer', params: z.object({ id: recordId }), query: customerQuery },
  async ({ params, query, app, request }) => {
    const days = query.days ?? DEFAULT_DAYS;
    const toText = new URL(request.url).searchParams.get('to');
    const asOf = pastInstant(query.asOf, app.now());
    const ask = { asOf, period: periodOf(query, toText), days };
    const [view, requests] = await Promise.all([
      loadCustomer(app, { customerId: params.id, ...ask }),
      loadCustomerRequests(app, params.id, asOf),
    ]);
    if (view === null) throw notFound();
    const { ledger, payments, generations, chart, ...rest } = view;
    return {
      ...rest,
      requests,
      days,
      role: app.actor.role,
      chart: chartOf(chart, view.flags),
      ledger: { ...ledger, rows: pack(ledger.rows) },
      payments: { ...payments, rows: pack(payments.rows) },
      generations: { ...generations, rows: pack(generations.rows) },
    };
  },
);

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.customer?.name.slice(0, 60) ?? data?.id ?? 'Not found'} – Redress` },
];

export default function CustomerRoute() {
  const page = useLoaderData<typeof loader>();
  useLive(page.id, page.asOf !== null);
  // Another customer, instant or period is another list: choice and loaded rows start anew.
  const list = [page.id, page.asOf, page.period?.from, page.period?.until].join(' ');
  return (
    <div className="flex h-full min-h-[620px] flex-col">
      {page.asOf === null ? null : <PastBanner asOf={page.asOf} />}
      <AccountHead view={page} />
      <CustomerView key={list} page={page} />
    </div>
  );
}

/** What is wrong with the address, in the page's own words where it can say more. */
export function ErrorBoundary() {
  const error = useRouteError();
  const problem = errorOf(isRouteErrorResponse(error) ? error : null);
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return missing ? (
    <ErrorPage
      {...problem}
      title="Customer not found"
      message="No record names this id. Search for a name, an e-mail or any other id."
    />
  ) : (
    <ErrorPage {...problem} />
  );
}
