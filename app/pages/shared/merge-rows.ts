import type { QueueLine } from '#app/services/flags/load-flag-lines.ts';

export interface Gone {
  /** It has left this list since it was shown: settled, or no longer matching the filters. */
  gone: boolean;
}
export type ShownLine = QueueLine & Gone;
export interface Merged<Row> {
  rows: (Row & Gone)[];
  /** Rows that belong among the shown ones and would move them. */
  waiting: number;
}

/**
 * What is shown, brought up to date without moving a row: figures are replaced where they stand, what
 * has left is marked, and what has come waits until somebody asks for it, unless it fits in at the end.
 * @param fresh the first page of the same list, loaded anew.
 */
export function mergeRows<Row extends { id: string }>(
  shown: readonly Row[],
  fresh: { rows: readonly Row[]; next: object | null },
): Merged<Row> {
  const anew = new Map(fresh.rows.map((row) => [row.id, row]));
  const known = new Set(shown.map(({ id }) => id));
  const lastCommon = shown.findLastIndex(({ id }) => anew.has(id));
  const rows = shown.map((row, place) => {
    const now = anew.get(row.id);
    // Rows behind the first page were not loaded anew: nothing is known against them.
    const looked = place < lastCommon || fresh.next === null;
    return now ? { ...now, gone: false } : { ...row, gone: looked };
  });
  const added = fresh.rows.filter(({ id }) => !known.has(id));
  const firstAdded = fresh.rows.findIndex(({ id }) => !known.has(id));
  const lastKnown = fresh.rows.findLastIndex(({ id }) => known.has(id));
  const fits = firstAdded > lastKnown && lastCommon === shown.length - 1;
  if (fits) rows.push(...added.map((row) => ({ ...row, gone: false })));
  return { rows, waiting: fits ? 0 : added.length };
}
