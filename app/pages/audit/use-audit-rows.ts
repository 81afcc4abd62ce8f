import { useCallback } from 'react';
import { writeCursor } from '#app/pages/audit/audit-address.ts';
import { useGrowingList } from '#app/pages/use-growing-list.ts';
import type { GrowingList } from '#app/pages/use-growing-list.ts';
import type { AuditLine, AuditLines } from '#app/services/audit/load-audit-lines.ts';

type Cursor = NonNullable<AuditLines['next']>;

export const auditKey = ({ seq }: AuditLine): string => String(seq);

/** The rows on the screen: as first loaded, lengthened by scrolling. Rows of the log never change. */
export function useAuditRows(first: AuditLines, query: string): GrowingList<AuditLine, Cursor> {
  const addressOf = useCallback(
    (next: Cursor) => `/audit/rows?${query}&after=${encodeURIComponent(writeCursor(next))}`,
    [query],
  );
  return useGrowingList(first, { keyOf: auditKey, addressOf });
}
