import { useFetcher } from '@remix-run/react';
import { useCallback, useMemo, useState } from 'react';
import { queuePath, writeCursor } from '#app/pages/flags/flag-query.ts';
import { mergeRows } from '#app/pages/flags/merge-rows.ts';
import type { Merged } from '#app/pages/flags/merge-rows.ts';
import type { loader as loadRows } from '#app/pages/flags/rows.resource.ts';
import type { FlagCursor, FlagLines, QueueLine } from '#app/services/load-flag-lines.ts';

interface Kept {
  rows: readonly QueueLine[];
  next: FlagCursor | null;
}

export interface QueueRows extends Merged<QueueLine> {
  /** Asks for the next page, if there is one and none is on its way. */
  loadMore: () => void;
  loading: boolean;
  /** Shows the list as it is now, from its start. */
  showNew: () => void;
  /** Takes rows out that the person has just dealt with; those still on the list stay. */
  drop: (ids: ReadonlySet<string>) => void;
}

function lengthened({ rows }: Kept, page: FlagLines): Kept {
  const known = new Set(rows.map(({ id }) => id));
  return { rows: [...rows, ...page.rows.filter(({ id }) => !known.has(id))], next: page.next };
}

/** The rows on the screen: as first loaded, lengthened by scrolling, and brought up to date in place. */
export function useQueueRows(fresh: FlagLines, filters: URLSearchParams): QueueRows {
  const [kept, setKept] = useState<Kept>(fresh);
  const pages = useFetcher<typeof loadRows>();
  const merged = useMemo(() => mergeRows(kept.rows, fresh), [kept, fresh]);
  const page = pages.data;
  const [taken, setTaken] = useState(page);
  if (page !== taken) {
    setTaken(page);
    if (page !== undefined && 'rows' in page) setKept(lengthened(kept, page));
  }
  const loadMore = useCallback(() => {
    if (kept.next === null || pages.state !== 'idle') return;
    const query = queuePath(filters, {}).replace(/^\/\??/, '');
    pages.load(`/flags/rows?${query}&after=${encodeURIComponent(writeCursor(kept.next))}`);
  }, [kept.next, pages, filters]);
  const drop = useCallback(
    (ids: ReadonlySet<string>) => {
      const still = new Set(fresh.rows.map(({ id }) => id));
      const stays = ({ id }: QueueLine) => !ids.has(id) || still.has(id);
      setKept((before) => ({ ...before, rows: before.rows.filter(stays) }));
    },
    [fresh],
  );
  const showNew = useCallback(() => setKept(fresh), [fresh]);
  return { ...merged, loadMore, loading: pages.state !== 'idle', showNew, drop };
}
