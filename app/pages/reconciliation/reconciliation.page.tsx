import { useLoaderData } from '@remix-run/react';
import { ReconcileNow } from '#app/pages/reconciliation/reconcile-now.tsx';
import { DiscrepancyTable } from '#app/pages/reconciliation/discrepancy-table.tsx';
import { RequestTabs } from '#app/pages/shared/request-tabs.tsx';
import { useLiveFacts } from '#app/pages/shared/use-live.ts';
import { guarded } from '#app/web/guarded.ts';
import { loadDiscrepancies } from '#app/services/reconciliation/load-discrepancies.ts';
import type { Discrepancies as DriftFacts } from '#app/services/reconciliation/load-discrepancies.ts';
import { TimeText } from '#app/ui/time-text.tsx';

export const meta = () => [{ title: 'Reconciliation – Redress' }];

export const loader = guarded('drift.view', { audit: 'none' }, async ({ app }) =>
  loadDiscrepancies(app),
);

export default function ReconciliationPage() {
  const page = useLoaderData<typeof loader>();
  useLiveFacts({ events: ['requests'] });
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Reconciliation</h1>
      <RequestTabs seesDrift>
        <p role="status" className="min-w-0 flex-1 text-ink-quiet">
          <Latest page={page} />
        </p>
        <ReconcileNow whyNot={page.whyNot} />
      </RequestTabs>
      <DiscrepancyTable page={page} />
    </div>
  );
}

/** How old the list is, and what the last comparison came to. */
function Latest({ page: { latest, wholeAt, since, now } }: { page: DriftFacts }) {
  const made =
    wholeAt === null || since === null ? (
      'Not reconciled lately.'
    ) : (
      <>
        Compared <TimeText at={wholeAt} now={now} /> UTC, all records since{' '}
        <TimeText at={since} now={now} />.
      </>
    );
  if (latest !== null && latest.endedAt === null) {
    return (
      <>
        {made} Running since <TimeText at={latest.startedAt ?? latest.askedAt} now={now} />…
      </>
    );
  }
  if (latest !== null && latest.error !== null) {
    return (
      <>
        {made}{' '}
        <span className="text-high">
          The last reconciliation failed: <bdi>{latest.error}</bdi>
        </span>
      </>
    );
  }
  return latest === null ? (
    made
  ) : (
    <>
      {made} {latest.refunds} refunds and {latest.charges} charges.
    </>
  );
}
