import { clipText } from '#app/lib/clip-text.ts';
import type { Instant } from '#app/lib/instant.ts';
/*
 * Where a page of rows begins. A cursor is the last row's place in its order, in plain text with the id
 * last, since ids may hold any character. The ledger's also carries the balance, so that no page has to
 * sum what lies before it.
 */

export type CustomerTable = 'ledger' | 'payments' | 'generations';

/** A row's place in any region; `extra` orders rows of one instant, `balance` is the ledger's. */
export interface RowCursor {
  at: Instant;
  /** The ledger's sequence; in payments the kind of row; 0 in generations. */
  extra: number;
  /** Credits after the row that this place stands beside; 0 elsewhere than in the ledger. */
  balance: number;
  id: string;
}

export const encodeCursor = ({ at, extra, balance, id }: RowCursor): string =>
  `${at}.${extra}.${balance}.${id}`;

const PLACE = /^(-?\d{1,16})\.(-?\d{1,16})\.(-?\d{1,16})\.([^]{1,1020})$/;
/** What `Date` can say. */
const FURTHEST = 8.64e15;

/** Null where the text is not one of our cursors. */
export function decodeCursor(text: string): RowCursor | null {
  const match = PLACE.exec(text);
  if (match === null) return null;
  const [at = 0, extra = 0, balance = 0] = match.slice(1, 4).map(Number);
  const whole = [at, extra, balance].every(Number.isSafeInteger) && Math.abs(at) < FURTHEST;
  return whole ? { at, extra, balance, id: match[4] ?? '' } : null;
}

/** Of which rows: one customer's, between two instants (both included), as known at `asOf`. */
export interface Scope {
  customerId: string;
  from: Instant;
  until: Instant;
  asOf: Instant;
}

/** From where on: the newest row, beyond a place in either direction, or around a record. */
export type Start =
  | { kind: 'newest' }
  | { kind: 'older'; place: RowCursor }
  | { kind: 'newer'; place: RowCursor }
  | { kind: 'around'; id: string };

export interface RowPage<Row> {
  /** Newest first. */
  rows: Row[];
  /** Cursor of the rows after the last one; null: there are none. */
  older: string | null;
  /** Cursor of the rows before the first one; null: there are none. */
  newer: string | null;
  /** How many rows of the scope lie before the first one; only counted for `around`, else 0. */
  firstIndex: number;
}

/** Rows above a record that was asked for. */
export const BEFORE = 12;

/** Cuts off the row that was asked for only to learn whether there is one. */
export const paginate = <T>(rows: T[], most: number): { rows: T[]; more: boolean } => ({
  rows: rows.length > most ? rows.slice(0, most) : rows,
  more: rows.length > most,
});

const LONGEST = 120;

/** A text from outside, cut to more than a cell can show; the record's sheet has all of it. */
export const shorten = (text: string | null): string | null =>
  text === null ? null : clipText(text, LONGEST);
