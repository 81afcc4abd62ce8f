import { useCallback, useMemo } from 'react';
import { queuePath, writeCursor } from '#app/pages/flags/flag-paths.ts';
import { mergeRows } from '#app/pages/shared/merge-rows.ts';
import type { Merged } from '#app/pages/shared/merge-rows.ts';
import { useInfiniteList } from '#app/pages/shared/use-infinite-list.ts';
import type { InfiniteList } from '#app/pages/shared/use-infinite-list.ts';
import type { FlagCursor, FlagLines, QueueLine } from '#app/services/flags/load-flag-lines.ts';

type Change = Pick<QueueLine, 'version' | 'assigneeId' | 'assigneeName'>;

export interface QueueRows
  extends Merged<QueueLine>, Pick<InfiniteList<QueueLine, FlagCursor>, 'loadMore' | 'loading'> {
  /** Shows the list as it is now, from its start. */
  showNew: () => void;
  /** Takes rows out that the person has just dealt with; those still on the list stay. */
  drop: (ids: ReadonlySet<string>) => void;
  /** Brings rows up to date where they stand, by what has just been decided about them. */
  revise: (changes: ReadonlyMap<string, Change>) => void;
}

const keyOf = ({ id }: QueueLine): string => id;

/** The rows on the screen: as first loaded, lengthened by scrolling, and brought up to date in place. */
export function useQueueRows(fresh: FlagLines, filters: URLSearchParams): QueueRows {
  const addressOf = useCallback(
    (next: FlagCursor) => {
      const query = queuePath(filters, {}).replace(/^\/\??/, '');
      return `/flags/rows?${query}&after=${encodeURIComponent(writeCursor(next))}`;
    },
    [filters],
  );
  const { kept, change, loadMore, loading } = useInfiniteList(fresh, { keyOf, addressOf });
  const merged = useMemo(() => mergeRows(kept.rows, fresh), [kept.rows, fresh]);
  const drop = useCallback(
    (ids: ReadonlySet<string>) => {
      const still = new Set(fresh.rows.map(keyOf));
      const stays = ({ id }: QueueLine) => !ids.has(id) || still.has(id);
      change((before) => ({ ...before, rows: before.rows.filter(stays) }));
    },
    [fresh, change],
  );
  const revise = useCallback(
    (changes: ReadonlyMap<string, Change>) =>
      change(({ rows, next }) => ({
        ...{ rows: rows.map((row) => ({ ...row, ...changes.get(row.id) })), next },
      })),
    [change],
  );
  const showNew = useCallback(() => change(() => fresh), [fresh, change]);
  return { ...merged, loadMore, loading, showNew, drop, revise };
}
