import { auditQuery } from '#app/pages/audit/audit-query.ts';
import { guarded } from '#app/web/guarded.ts';
import { badParameter } from '#app/web/http.ts';
import { loadAuditPage } from '#app/services/audit/load-audit-lines.ts';

/** The next rows of the log while somebody scrolls. */
export const loader = guarded(
  'audit.view',
  { audit: 'none', query: auditQuery },
  async ({ query: { customer: customerId, for: ticket, ...query }, app }) => {
    const page = await loadAuditPage(app, { ...query, customerId, ticket });
    if (page === null) throw badParameter('person', 'expected me, nobody or a member of staff');
    return { rows: page.rows, next: page.next };
  },
);

/** Pages that were loaded are what the list had: news come with its first page. */
export const shouldRevalidate = (): boolean => false;
