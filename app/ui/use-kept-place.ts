import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** How far down the formerly first row is looked for: more rows never arrive above at once. */
const DEPTH = 500;

/**
 * Rows that arrive above the ones in view push nothing away: the scroll position moves along with
 * them before anything is painted.
 */
export function useKeptPlace<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  scroller: RefObject<HTMLDivElement>,
  rowHeight: number,
): void {
  const first = useRef<string | null>(null);
  useLayoutEffect(() => {
    const before = first.current;
    const head = rows[0];
    first.current = head === undefined ? null : keyOf(head);
    if (before === null || before === first.current || scroller.current === null) return;
    const added = rows.slice(0, DEPTH).findIndex((row) => keyOf(row) === before);
    if (added > 0) scroller.current.scrollBy({ top: added * rowHeight, behavior: 'instant' });
  }, [rows, keyOf, scroller, rowHeight]);
}
