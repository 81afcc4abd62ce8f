import type { Instant } from '#app/lib/instant.ts';
import type { Facts } from '#app/domain/book/record-ref.ts';
/** What a row of the audit log says. */
export interface AuditEvent {
  /** 1, 2, 3 … without gaps. */
  seq: number;
  id: string;
  at: Instant;
  kind: string;
  actorId: string | null;
  customerId: string | null;
  subject: string | null;
  ticket: string | null;
  requestId: string | null;
  detail: Facts | null;
  /** Stands for the customer in the hash; null: the customer stands there, and cannot be erased. */
  token: string | null;
  /** Binds customer, ticket and detail, which can be erased, to the row. */
  sealed: string | null;
}

/** What a row says of its customer: gone when the customer is erased. */
export type CustomerFacts = Pick<AuditEvent, 'customerId' | 'ticket' | 'detail'>;

/** A row bound to the one before it. */
export interface ChainedEvent extends AuditEvent {
  prevHash: string;
  hash: string;
}

/**
 * What stands in `prevHash` of the first row.
 * @internal
 */
export const BEFORE_FIRST = '0'.repeat(64);

/** Members in the order of their names: databases return them in an order of their own. */
const ordered = (detail: Facts): [string, Facts[string]][] =>
  Object.entries(detail).toSorted(([a], [b]) => (a < b ? -1 : 1));

const placed = ({ seq, id, at, kind, actorId }: AuditEvent) => [seq, id, at, kind, actorId];
const told = ({ ticket, requestId, detail }: AuditEvent) => [
  ticket,
  requestId,
  detail === null ? null : ordered(detail),
];

/**
 * The text that a row's hash is made of, together with the hash before it: a JSON array of every column
 * in a fixed order. Equal rows give equal bytes on either database, different rows different ones.
 */
export const canonicalEvent = (event: AuditEvent): string =>
  JSON.stringify(
    event.token === null
      ? [...placed(event), event.customerId, event.subject, ...told(event)]
      : // Nothing that can be erased stands here itself: only what it is sealed under.
        [...placed(event), event.subject, event.requestId, event.token, event.sealed],
  );

/** The text that is sealed, with the customer's salt: what a row says of its customer. */
export const canonicalFacts = ({ customerId, ticket, detail }: CustomerFacts): string =>
  JSON.stringify([customerId, ticket, detail === null ? null : ordered(detail)]);

/** Whether nothing of what was sealed is there any more. */
export const isErased = ({ customerId, ticket, detail }: CustomerFacts): boolean =>
  customerId === null && ticket === null && detail === null;

/** Where a chain ends, or has come to. */
export interface ChainEnd {
  seq: number;
  hash: string;
}

export const EMPTY_CHAIN: ChainEnd = { seq: 0, hash: BEFORE_FIRST };

/** The first row of a log that is not as it was written. */
export interface BadRow {
  seq: number;
  why: string;
}

/**
 * Whether `row` is the one that follows on `before`.
 * @param hashed the hash that its content and `before` give.
 */
export const follows = (before: ChainEnd, row: ChainedEvent, hashed: string): BadRow | null => {
  const seq = before.seq + 1;
  if (row.seq !== seq)
    return { seq, why: row.seq > seq ? 'it is missing' : `row ${row.seq} stands in its place` };
  if (row.prevHash !== before.hash)
    return { seq, why: `it does not follow on row ${before.seq} as that is now` };
  return row.hash === hashed ? null : { seq, why: 'its content does not give its hash' };
};
