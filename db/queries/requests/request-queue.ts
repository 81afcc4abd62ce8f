import { and, asc, desc, eq, inArray, lt, notInArray, or } from 'drizzle-orm';
import { RESERVING_STATES } from '#app/domain/requests/request.ts';
import type { Instant } from '#app/lib/instant.ts';
import { mail } from '#db/schema/mail.ts';
import { operation, request } from '#db/schema/requests.ts';
import { isHeld } from '#db/queries/operations/mail.ts';
import { customer } from '#db/schema/book.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Read } from '#db/store.ts';

export interface QueuedRequest {
  request: StoredRequest;
  /** null: only other records mention this customer. */
  customerName: string | null;
}

/** Where the next page of settled requests begins. */
export interface SettledCursor {
  changedAt: Instant;
  id: string;
}

const withName = (read: Read) =>
  read
    .select({ request, customerName: customer.name })
    .from(request)
    .leftJoin(customer, eq(customer.id, request.customerId));

/**
 * Not settled, or settled with something still to be done: credits to return after a failed refund, a
 * letter that waits for a person.
 */
const isOpen = (read: Read) =>
  or(
    inArray(request.state, [...RESERVING_STATES]),
    inArray(
      request.id,
      read
        .select({ id: operation.requestId })
        .from(operation)
        .where(inArray(operation.state, ['ready', 'sending', 'needs_review'])),
    ),
    inArray(request.id, read.select({ id: mail.requestId }).from(mail).where(isHeld())),
  );

/** Requests with anything still to be done, oldest first. */
export const openRequests = async (read: Read, most: number): Promise<QueuedRequest[]> =>
  withName(read).where(isOpen(read)).orderBy(asc(request.requestedAt), asc(request.id)).limit(most);

/** Requests that are settled, the latest change first. */
export const closedRequests = async (
  read: Read,
  { after, most }: { after: SettledCursor | null; most: number },
): Promise<QueuedRequest[]> =>
  withName(read)
    .where(
      and(
        notInArray(request.state, [...RESERVING_STATES]),
        after === null
          ? undefined
          : or(
              lt(request.changedAt, after.changedAt),
              and(eq(request.changedAt, after.changedAt), lt(request.id, after.id)),
            ),
      ),
    )
    .orderBy(desc(request.changedAt), desc(request.id))
    .limit(most);

/** Requests that wait for a decision or for a change by whoever asked, oldest first. */
export const undecidedRequests = async (read: Read, most: number): Promise<StoredRequest[]> =>
  read
    .select()
    .from(request)
    .where(inArray(request.state, ['requested', 'sent_back']))
    .orderBy(asc(request.requestedAt), asc(request.id))
    .limit(most);
