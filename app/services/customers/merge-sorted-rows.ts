import type { Instant } from '#app/lib/instant.ts';
import { compareIds } from '#app/domain/book/order.ts';
import { BEFORE, paginate, encodeCursor } from '#app/services/customers/row-cursor.ts';
import type { RowPage, Scope, Start } from '#app/services/customers/row-cursor.ts';
import type { Stretch } from '#db/keyset.ts';
import type { Read } from '#db/store.ts';

interface Row {
  type: string;
  id: string;
  at: Instant;
}

type Place = { at: Instant; id: string };

/** Records of one type, each type with an index of its own. */
export interface SortedRows<R extends Row> {
  type: R['type'];
  /** Newest first. */
  older(read: Read, from: Stretch): Promise<R[]>;
  /** Oldest first. */
  newer(read: Read, from: Stretch): Promise<R[]>;
  one(read: Read, which: { customerId: string; id: string }): Promise<R[]>;
  countNewer(read: Read, from: Omit<Stretch, 'most'>): Promise<{ rows: number }[]>;
}

/*
 * The merged order is (at, type's rank, id). Beside a row of another rank, a stream goes on either with
 * all of that instant or with none of it; `''` sorts before every id.
 */
const cursorFor = (rank: number, beside: Place & { extra: number }): Place => {
  if (rank === beside.extra) return beside;
  return { at: rank < beside.extra ? beside.at + 1 : beside.at, id: '' };
};

interface Merger<R extends Row> {
  read: Read;
  streams: readonly SortedRows<R>[];
  scope: Scope;
}

const rankOf = <R extends Row>({ streams }: Merger<R>, row: Row): number =>
  streams.findIndex(({ type }) => type === row.type);

const newestFirst =
  <R extends Row>(merger: Merger<R>) =>
  (a: R, b: R): number =>
    b.at - a.at || rankOf(merger, b) - rankOf(merger, a) || compareIds(b.id, a.id);

type Beside = Place & { extra: number };

async function olderThan<R extends Row>(merger: Merger<R>, beside: Beside, most: number) {
  const { read, streams, scope } = merger;
  const rows = await Promise.all(
    streams.map((stream, rank) =>
      stream.older(read, {
        customerId: scope.customerId,
        ...pick(cursorFor(rank, beside)),
        limitAt: scope.from,
        most: most + 1,
      }),
    ),
  );
  return paginate(rows.flat().toSorted(newestFirst(merger)), most);
}

async function newerThan<R extends Row>(merger: Merger<R>, beside: Beside, most: number) {
  const { read, streams, scope } = merger;
  const rows = await Promise.all(
    streams.map((stream, rank) =>
      stream.newer(read, {
        customerId: scope.customerId,
        ...pick(cursorFor(rank, beside)),
        limitAt: scope.until,
        most: most + 1,
      }),
    ),
  );
  const nearestFirst = rows.flat().toSorted(newestFirst(merger)).toReversed();
  const found = paginate(nearestFirst, most);
  return { rows: found.rows.toReversed(), more: found.more };
}

const pick = ({ at, id }: Place): Place => ({ at, id });

function toPage<R extends Row>(
  merger: Merger<R>,
  rows: R[],
  more: { older: boolean; newer: boolean },
  firstIndex = 0,
): RowPage<R> {
  const cursor = (row: R | undefined): string | null =>
    row === undefined
      ? null
      : encodeCursor({ at: row.at, extra: rankOf(merger, row), balance: 0, id: row.id });
  return {
    rows,
    older: more.older ? cursor(rows.at(-1)) : null,
    newer: more.newer ? cursor(rows[0]) : null,
    firstIndex,
  };
}

/** A page of several types of records on one time order; null where `around` names nothing in scope. */
export async function mergeSortedRows<R extends Row>(
  read: Read,
  streams: readonly SortedRows<R>[],
  scope: Scope,
  start: Start,
  most: number,
): Promise<RowPage<R> | null> {
  const merger = { read, streams, scope };
  if (start.kind === 'around') return around(merger, start.id, most);
  if (start.kind === 'newer') {
    const { rows, more } = await newerThan(merger, start.place, most);
    return toPage(merger, rows, { older: true, newer: more });
  }
  const end = { at: scope.until + 1, extra: 0, id: '' };
  const place = start.kind === 'older' ? start.place : end;
  const { rows, more } = await olderThan(merger, place, most);
  return toPage(merger, rows, { older: more, newer: start.kind === 'older' });
}

async function around<R extends Row>(
  merger: Merger<R>,
  ref: string,
  most: number,
): Promise<RowPage<R> | null> {
  const { read, streams, scope } = merger;
  const { customerId, from, until } = scope;
  const rank = streams.findIndex(({ type }) => ref.startsWith(`${type}:`));
  const stream = streams[rank];
  if (stream === undefined) return null;
  const [row] = await stream.one(read, { customerId, id: ref.slice(stream.type.length + 1) });
  if (row === undefined || row.at > until || row.at < from) return null;
  const beside = { at: row.at, extra: rank, id: row.id };
  const above = await newerThan(merger, beside, BEFORE);
  const below = await olderThan(merger, beside, most - BEFORE);
  const counts = await Promise.all(
    streams.map((each, index) =>
      each.countNewer(read, { customerId, ...pick(cursorFor(index, beside)), limitAt: until }),
    ),
  );
  const newer = counts.flat().reduce((sum, { rows }) => sum + rows, 0);
  return toPage(
    merger,
    [...above.rows, row, ...below.rows],
    { older: below.more, newer: above.more },
    newer - above.rows.length,
  );
}
