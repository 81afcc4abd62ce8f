import { useCallback, useMemo, useState } from 'react';
import { mergeRows } from '#app/pages/shared/merge-rows.ts';
import type { ShownRequest } from '#app/pages/requests/queue/request-columns.tsx';
import type { QueueRequest } from '#app/services/requests/views/load-request-queue.ts';

export interface RequestRows {
  rows: readonly ShownRequest[];
  /** Requests that would move the rows. */
  waiting: number;
  /** Shows the list as it is now. */
  showNew: () => void;
  /** Puts a request at the end that the person has just dealt with; once it is settled it leaves. */
  sink: (id: string) => void;
}

interface Kept {
  rows: readonly QueueRequest[];
  done: ReadonlySet<string>;
}

/** The rows on the screen: brought up to date where they stand, moved only by the person's own doing. */
export function useRequestRows(fresh: readonly QueueRequest[]): RequestRows {
  const [kept, setKept] = useState<Kept>({ rows: fresh, done: new Set() });
  const { rows, waiting } = useMemo(() => {
    const merged = mergeRows(kept.rows, { rows: fresh, next: null });
    const stays = ({ id, gone }: ShownRequest): boolean => !gone || !kept.done.has(id);
    return { rows: merged.rows.filter(stays), waiting: merged.waiting };
  }, [kept, fresh]);
  const showNew = useCallback(() => setKept({ rows: fresh, done: new Set() }), [fresh]);
  const sink = useCallback(
    (id: string) =>
      setKept((before) => ({
        rows: before.rows.toSorted((a, b) => Number(a.id === id) - Number(b.id === id)),
        done: new Set([...before.done, id]),
      })),
    [],
  );
  return { rows, waiting, showNew, sink };
}
