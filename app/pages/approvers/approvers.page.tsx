import { useLoaderData } from '@remix-run/react';
import { may } from '#app/domain/access/roles.ts';
import { CustomerViewNotices } from '#app/pages/approvers/customer-view-notices.tsx';
import { ApproversView } from '#app/pages/approvers/approvers-view.tsx';
import { RequestTabs } from '#app/pages/shared/request-tabs.tsx';
import { useLiveFacts } from '#app/pages/shared/use-live.ts';
import { guarded } from '#app/web/guarded.ts';
import { loadCustomerViewNotices } from '#app/services/audit/load-customer-view-notices.ts';
import { loadApprovers } from '#app/services/requests/approvals/load-approvers.ts';

export const meta = () => [{ title: 'Approvers – Redress' }];

/** Who may decide now, who is away until when, and who has lent what to whom. */
export const loader = guarded('requests.view', { audit: 'none' }, async ({ app }) => ({
  ...(await loadApprovers(app)),
  seesDrift: may(app.actor.role, 'drift.view'),
  notices: may(app.actor.role, 'audit.view') ? await loadCustomerViewNotices(app) : [],
}));

export default function ApproversPage() {
  const page = useLoaderData<typeof loader>();
  useLiveFacts({ events: ['requests'] });
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Approvers</h1>
      <RequestTabs seesDrift={page.seesDrift}>
        <p role="status" className="text-ink-quiet">
          Available now: refunds <span className="number text-ink">{page.there.refunds}</span>, for
          credits: <span className="number text-ink">{page.there.credits}</span>.
        </p>
      </RequestTabs>
      <CustomerViewNotices notices={page.notices} />
      <ApproversView page={page} />
    </div>
  );
}
