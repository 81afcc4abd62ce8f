import { filterQuery } from '#app/pages/shared/filter-query.ts';
import type { AuditCursor } from '#app/services/audit/load-audit-lines.ts';

/** The log's place as it stands in an address. */
export const writeCursor = ({ at, seq }: AuditCursor): string => `${at}~${seq}`;

const FILTERS = ['customer', 'person', 'kind', 'for', 'from', 'to'] as const;
export type AuditFilterName = (typeof FILTERS)[number];

/** The query of the log with some filters changed; the place is given up. */
export const auditSearch = (
  current: URLSearchParams,
  change: Partial<Record<AuditFilterName, string | null>>,
): string => filterQuery(FILTERS, current, change);
