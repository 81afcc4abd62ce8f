import { useFetcher } from '@remix-run/react';
import { useCallback, useState } from 'react';
import { writeCursor } from '#app/pages/audit/audit-query.ts';
import type { loader as loadRows } from '#app/pages/audit/rows.resource.ts';
import type { AuditLine, AuditLines } from '#app/services/audit/load-audit-lines.ts';

export interface AuditRows {
  rows: readonly AuditLine[];
  /** Asks for the next page, if there is one and none is on its way. */
  loadMore: () => void;
  loading: boolean;
}

/** The rows on the screen: as first loaded, lengthened by scrolling. Rows of the log never change. */
export function useAuditRows(first: AuditLines, query: string): AuditRows {
  const [kept, setKept] = useState<AuditLines>(first);
  const pages = useFetcher<typeof loadRows>();
  const page = pages.data;
  const [taken, setTaken] = useState(page);
  if (page !== taken) {
    setTaken(page);
    if (page !== undefined && 'rows' in page)
      setKept({ rows: [...kept.rows, ...page.rows], next: page.next });
  }
  const loadMore = useCallback(() => {
    if (kept.next === null || pages.state !== 'idle') return;
    pages.load(`/audit/rows?${query}&after=${encodeURIComponent(writeCursor(kept.next))}`);
  }, [kept.next, pages, query]);
  return { rows: kept.rows, loadMore, loading: pages.state !== 'idle' };
}
