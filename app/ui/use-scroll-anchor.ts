import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** How far down the formerly first row is looked for: more rows never arrive above at once. */
const DEPTH = 500;

/**
 * Rows that arrive above the ones in view push nothing away: the scroll position moves along with
 * them before anything is painted.
 */
export function useScrollAnchor<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  scroller: RefObject<HTMLDivElement>,
  rowHeight: number,
): void {
  const shown = useRef<readonly Row[]>([]);
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = rows;
    const added = arrivedAbove(before, rows, keyOf);
    if (added > 0) scroller.current?.scrollBy({ top: added * rowHeight, behavior: 'instant' });
  }, [rows, keyOf, scroller, rowHeight]);
}

/**
 * How many rows stand above the formerly first one that were not there before; one that was moved is none.
 * @internal
 */
export function arrivedAbove<Row>(
  before: readonly Row[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): number {
  const [head] = before;
  const [first] = rows;
  if (head === undefined || first === undefined || keyOf(head) === keyOf(first)) return 0;
  const place = rows.slice(0, DEPTH).findIndex((row) => keyOf(row) === keyOf(head));
  if (place <= 0) return 0;
  const known = new Set(before.map(keyOf));
  return rows.slice(0, place).filter((row) => !known.has(keyOf(row))).length;
}
