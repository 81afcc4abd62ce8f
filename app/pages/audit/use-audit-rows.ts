import { useCallback } from 'react';
import { writeCursor } from '#app/pages/audit/audit-paths.ts';
import { useInfiniteList } from '#app/pages/shared/use-infinite-list.ts';
import type { InfiniteList } from '#app/pages/shared/use-infinite-list.ts';
import type { AuditLine, AuditLines } from '#app/services/audit/load-audit-lines.ts';

type Cursor = NonNullable<AuditLines['next']>;

export const auditKey = ({ seq }: AuditLine): string => String(seq);

/** The rows on the screen: as first loaded, lengthened by scrolling. Rows of the log never change. */
export function useAuditRows(first: AuditLines, query: string): InfiniteList<AuditLine, Cursor> {
  const addressOf = useCallback(
    (next: Cursor) => `/audit/rows?${query}&after=${encodeURIComponent(writeCursor(next))}`,
    [query],
  );
  return useInfiniteList(first, { keyOf: auditKey, addressOf });
}
