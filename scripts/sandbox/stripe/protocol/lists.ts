import { noSuch } from '#scripts/sandbox/stripe/protocol/errors.ts';

export interface Paging {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
  created?: { gt?: number; gte?: number; lt?: number; lte?: number };
}

export interface ListObject {
  object: 'list';
  data: unknown[];
  has_more: boolean;
  url: string;
}

export const listObject = (url: string, rows: unknown[], hasMore = false): ListObject => ({
  object: 'list',
  data: rows,
  has_more: hasMore,
  url,
});

const within = (created: number, { created: range }: Paging): boolean =>
  !(
    (range?.gt !== undefined && created <= range.gt) ||
    (range?.gte !== undefined && created < range.gte) ||
    (range?.lt !== undefined && created >= range.lt) ||
    (range?.lte !== undefined && created > range.lte)
  );

/** Where the page begins and ends among `rows`, newest first. */
const bounds = (rows: readonly { id: string }[], paging: Paging, what: string) => {
  const limit = paging.limit ?? 10;
  const place = (id: string, param: string): number => {
    const at = rows.findIndex((row) => row.id === id);
    if (at < 0) throw noSuch(what, id, param);
    return at;
  };
  if (paging.ending_before !== undefined) {
    const end = place(paging.ending_before, 'ending_before');
    return { start: Math.max(0, end - limit), end, more: end - limit > 0 };
  }
  const start =
    paging.starting_after === undefined ? 0 : place(paging.starting_after, 'starting_after') + 1;
  return { start, end: start + limit, more: rows.length > start + limit };
};

/**
 * One page, newest first: by `created`, then by arrival. `what` names the kind where a cursor names none
 * of them.
 */
export const page = <T extends { id: string; created: number }>(
  { url, what }: { url: string; what: string },
  rows: readonly T[],
  render: (row: T) => unknown,
  paging: Paging,
): ListObject => {
  const sorted = rows
    .toReversed()
    .filter(({ created }) => within(created, paging))
    .toSorted((a, b) => b.created - a.created);
  const { start, end, more } = bounds(sorted, paging, what);
  return listObject(url, sorted.slice(start, end).map(render), more);
};
