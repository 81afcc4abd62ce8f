import { useLoaderData, useSearchParams } from '@remix-run/react';
import { AuditFilters } from '#app/pages/audit/audit-filters.tsx';
import { auditSearch } from '#app/pages/audit/audit-paths.ts';
import { auditQuery } from '#app/pages/audit/audit-query.ts';
import { AuditView } from '#app/pages/audit/audit-view.tsx';
import { guarded } from '#app/web/guarded.ts';
import { badParameter } from '#app/web/http.ts';
import { loadAuditPage } from '#app/services/audit/load-audit-lines.ts';

export const meta = () => [{ title: 'Audit – Redress' }];

export const loader = guarded(
  'audit.view',
  { audit: 'none', query: auditQuery },
  async ({ query: { customer: customerId, for: ticket, ...query }, app }) => {
    const page = await loadAuditPage(app, { ...query, customerId, ticket });
    if (page === null) throw badParameter('person', 'expected me, nobody or a member of staff');
    return page;
  },
);

export default function AuditPage() {
  const page = useLoaderData<typeof loader>();
  const [filters] = useSearchParams();
  const query = auditSearch(filters, {});
  return (
    <div className="flex h-full min-h-0 min-w-0 flex-col">
      <h1 className="sr-only">Audit</h1>
      <AuditFilters staff={page.staff} filters={filters} />
      {/* Another filter is another list. */}
      <AuditView key={query} page={page} query={query} />
    </div>
  );
}
