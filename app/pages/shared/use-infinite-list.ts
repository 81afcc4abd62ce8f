import { useFetcher } from '@remix-run/react';
import { useCallback, useState } from 'react';

/** One page of a list. */
export interface ListPage<Row, Cursor> {
  rows: readonly Row[];
  /** Where the next page begins; null on the last one. */
  next: Cursor | null;
}

interface Growing<Row, Cursor> {
  kept: ListPage<Row, Cursor>;
  /** The end at which a further page was asked for; null: none is on its way. */
  asked: Cursor | null;
}

/**
 * The list with a further page at its end. A page that was asked for at another end changes nothing.
 * @internal
 */
export function appendPage<Row, Cursor>(
  { kept, asked }: Growing<Row, Cursor>,
  page: ListPage<Row, Cursor>,
  keyOf: (row: Row) => string,
): Growing<Row, Cursor> {
  if (asked === null || asked !== kept.next) return { kept, asked };
  // One that has changed in the meantime may stand further up already.
  const known = new Set(kept.rows.map(keyOf));
  const added = page.rows.filter((row) => !known.has(keyOf(row)));
  return { kept: { rows: [...kept.rows, ...added], next: page.next }, asked: null };
}

export interface InfiniteList<Row, Cursor> {
  kept: ListPage<Row, Cursor>;
  /** Changes the rows, or starts from another first page. */
  change: (how: (before: ListPage<Row, Cursor>) => ListPage<Row, Cursor>) => void;
  /** Asks for the next page, if there is one and it is not on its way. */
  loadMore: () => void;
  loading: boolean;
}

interface ListOptions<Row, Cursor> {
  keyOf: (row: Row) => string;
  /** Of the page that begins there; the same function while the list is the same. */
  addressOf: (next: Cursor) => string;
}

/** A list as first loaded, lengthened a page at a time while somebody scrolls. */
export function useInfiniteList<Row, Cursor>(
  first: ListPage<Row, Cursor>,
  { keyOf, addressOf }: ListOptions<Row, Cursor>,
): InfiniteList<Row, Cursor> {
  const [state, setState] = useState<Growing<Row, Cursor>>({ kept: first, asked: null });
  const { load, data } = useFetcher();
  const [taken, setTaken] = useState(data);
  if (data !== taken) {
    setTaken(data);
    if (isPage<Row, Cursor>(data)) setState(appendPage(state, data, keyOf));
  }
  const { kept, asked } = state;
  const isAsked = asked !== null && asked === kept.next;
  const loadMore = useCallback(() => {
    // What is on its way stays on its way, whatever else the router loads anew meanwhile.
    if (kept.next === null || isAsked) return;
    setState((before) => ({ ...before, asked: kept.next }));
    load(addressOf(kept.next));
  }, [kept.next, isAsked, load, addressOf]);
  const change = useCallback<InfiniteList<Row, Cursor>['change']>(
    (how) => setState((before) => ({ ...before, kept: how(before.kept) })),
    [],
  );
  return { kept, change, loadMore, loading: isAsked };
}

/** What our own address has answered is a page, unless it is a refusal. */
const isPage = <Row, Cursor>(data: unknown): data is ListPage<Row, Cursor> =>
  typeof data === 'object' && data !== null && 'rows' in data;
