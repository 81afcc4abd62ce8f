import type { EntryKind } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';
import { BEFORE, paginate, shorten, encodeCursor } from '#app/services/customers/row-cursor.ts';
import type { RowCursor, RowPage, Scope, Start } from '#app/services/customers/row-cursor.ts';
import {
  entryById,
  newerEntries,
  olderEntries,
  sumOfNewer,
} from '#db/queries/customers/ledger-rows.ts';
import type { LedgerStretch, StoredLedgerRow } from '#db/queries/customers/ledger-rows.ts';
import type { Read } from '#db/store.ts';
import { balanceAt, endOf } from '#app/services/ledger/ledger-balance.ts';
export interface LedgerRow {
  id: string;
  at: Instant;
  kind: EntryKind;
  credits: number;
  /** Credits after this entry. */
  balance: number;
  /** The name, or the id of a member whom the book does not hold. */
  member: string | null;
  paymentId: string | null;
  generationId: string | null;
  note: string | null;
  /** Named, but not in this customer's book. */
  paymentLost: boolean;
  generationLost: boolean;
}

const toRow = (row: StoredLedgerRow, balance: number): LedgerRow => ({
  id: row.id,
  at: row.at,
  kind: row.kind,
  credits: row.credits,
  balance,
  member: shorten(row.memberName ?? row.memberId),
  paymentId: row.paymentId,
  generationId: row.generationId,
  note: shorten(row.note),
  paymentLost: row.paymentId !== null && row.paymentSeen === null,
  generationLost: row.generationId !== null && row.generationSeen === null,
});

const cursorOf = (row: StoredLedgerRow, balance: number): string =>
  encodeCursor({ at: row.at, extra: row.sequence, balance, id: row.id });

/** How many entries lie after one instant, up to and including another. */
export async function entriesBetween(
  read: Read,
  customerId: string,
  after: Instant,
  until: Instant,
): Promise<number> {
  const [sum] = await sumOfNewer(read, { customerId, ...endOf(after), limitAt: until });
  return sum?.entries ?? 0;
}

interface Found {
  /** Newest first. */
  stored: StoredLedgerRow[];
  /** Credits after the first of them. */
  balance: number;
  older: boolean;
  newer: boolean;
  firstIndex: number;
}

function toPage({ stored, balance, older, newer, firstIndex }: Found): RowPage<LedgerRow> {
  let after = balance;
  const rows = stored.map((row) => {
    const shown = toRow(row, after);
    after -= row.credits;
    return shown;
  });
  const [first, last] = [stored[0], stored.at(-1)];
  return {
    rows,
    older: older && last !== undefined ? cursorOf(last, after) : null,
    newer: newer && first !== undefined ? cursorOf(first, balance) : null,
    firstIndex,
  };
}

/**
 * A page of the ledger with the running balance.
 * @param balance credits at the end of the scope, for `newest`; absent: summed.
 */
export async function loadLedgerRows(
  read: Read,
  scope: Scope,
  start: Start,
  most: number,
  balance?: number,
): Promise<RowPage<LedgerRow> | null> {
  const { customerId, until } = scope;
  if (start.kind === 'older') return toPage(await olderThan(read, scope, start.place, most));
  if (start.kind === 'newer') return toPage(await newerThan(read, scope, start.place, most));
  if (start.kind === 'around') return around(read, scope, start.id, most);
  const end = balance ?? (await balanceAt(read, customerId, until));
  const place = { ...endOf(until), extra: Number.MIN_SAFE_INTEGER, balance: end };
  return toPage({ ...(await olderThan(read, scope, place, most)), newer: false });
}

const stretch = (
  scope: Scope,
  place: RowCursor,
  limitAt: Instant,
  most: number,
): LedgerStretch => ({
  customerId: scope.customerId,
  at: place.at,
  sequence: place.extra,
  id: place.id,
  limitAt,
  most: most + 1,
});

async function olderThan(read: Read, scope: Scope, place: RowCursor, most: number): Promise<Found> {
  const found = paginate(await olderEntries(read, stretch(scope, place, scope.from, most)), most);
  return {
    stored: found.rows,
    balance: place.balance,
    older: found.more,
    newer: true,
    firstIndex: 0,
  };
}

async function newerThan(read: Read, scope: Scope, place: RowCursor, most: number): Promise<Found> {
  const found = paginate(await newerEntries(read, stretch(scope, place, scope.until, most)), most);
  const credits = found.rows.reduce((sum, row) => sum + row.credits, 0);
  return {
    stored: found.rows.toReversed(),
    balance: place.balance + credits,
    older: true,
    newer: found.more,
    firstIndex: 0,
  };
}

/** Null where the scope holds no such entry. */
async function around(
  read: Read,
  scope: Scope,
  id: string,
  most: number,
): Promise<RowPage<LedgerRow> | null> {
  const { customerId, until } = scope;
  const [entry] = await entryById(read, { customerId, id });
  if (entry === undefined || entry.at > until || entry.at < scope.from) return null;
  const ownPlace = { customerId, at: entry.at, sequence: entry.sequence, id };
  const [after] = await sumOfNewer(read, { ...ownPlace, limitAt: until });
  const end = await balanceAt(read, customerId, until);
  const place: RowCursor = {
    at: entry.at,
    extra: entry.sequence,
    balance: end - (after?.credits ?? 0),
    id,
  };
  const above = await newerThan(read, scope, place, BEFORE);
  const below = await olderThan(
    read,
    scope,
    { ...place, balance: place.balance - entry.credits },
    most - BEFORE,
  );
  return toPage({
    stored: [...above.stored, entry, ...below.stored],
    balance: above.balance,
    older: below.older,
    newer: above.newer,
    firstIndex: (after?.entries ?? 0) - above.stored.length,
  });
}
