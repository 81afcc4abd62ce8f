import { and, asc, eq, inArray, lte, ne, or } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { RequestStep } from '#app/domain/requests/history.ts';
import { RESERVING_STATES } from '#app/domain/requests/request.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import type { Instant } from '#app/lib/instant.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import { request, requestEvent } from '#db/schema/requests.ts';
import { param } from '#db/param.ts';
import type { Read, Tx } from '#db/store.ts';

/** A request as stored: the content, copies of some of it for the indexes, and what the policy asks. */
export type StoredRequest = typeof request.$inferSelect;
/** What may change; the version goes up by itself. */
export type RequestChange = Partial<Omit<StoredRequest, 'id' | 'version' | 'requestedBy'>> & {
  changedAt: Instant;
};

export const insertRequest = async (tx: Tx, row: StoredRequest): Promise<void> => {
  await tx.insert(request).values(row).returning({ id: request.id });
};

const requestWithId = preparedQuery<{ id: string }, StoredRequest>((read) =>
  read
    .select()
    .from(request)
    .where(eq(request.id, param('id', request.id))),
);

export const findRequest = async (read: Read, id: string): Promise<StoredRequest | null> =>
  (await requestWithId(read, { id }))[0] ?? null;

/**
 * Compare-and-set: the request as it is now, or null where it no longer has the version that `before`
 * was read with.
 */
export const changeRequest = async (
  tx: Tx,
  before: Pick<StoredRequest, 'id' | 'version'>,
  change: RequestChange,
): Promise<StoredRequest | null> => {
  const rows = await tx
    .update(request)
    .set({ ...change, version: before.version + 1 })
    .where(and(eq(request.id, before.id), eq(request.version, before.version)))
    .returning();
  return rows[0] ?? null;
};

const isOpen = inArray(request.state, [...RESERVING_STATES]);

/** What makes two open requests one and the same wish, as the unique indexes have it. */
const untaggedRefunds = (content: RequestContent): SQL | undefined => {
  const sameFlag = content.flagId === null ? undefined : eq(request.flagId, content.flagId);
  if (content.kind === 'generation_hold') {
    const sameHold = and(
      eq(request.kind, 'generation_hold'),
      eq(request.customerId, content.customerId),
    );
    return or(sameFlag, sameHold);
  }
  const ground = eq(request.ground, content.kind === 'refund' ? content.ground : content.cause);
  const generationId = content.kind === 'refund' ? null : content.generationId;
  return or(
    sameFlag,
    content.paymentId === null ? undefined : and(eq(request.paymentId, content.paymentId), ground),
    generationId === null ? undefined : and(eq(request.generationId, generationId), ground),
  );
};

/** An open request for the same payment or generation and reason, or from the same flag; null: none. */
export const findOpenDuplicate = async (
  read: Read,
  content: RequestContent,
  exceptId: string | null,
): Promise<StoredRequest | null> => {
  const same = untaggedRefunds(content);
  if (same === undefined) return null;
  const rows = await read
    .select()
    .from(request)
    .where(and(isOpen, same, exceptId === null ? undefined : ne(request.id, exceptId)))
    .orderBy(asc(request.requestedAt), asc(request.id));
  return rows[0] ?? null;
};

/** Undecided requests whose time is up, oldest first. */
export const requestsToExpire = async (
  read: Read,
  now: Instant,
  most: number,
): Promise<StoredRequest[]> =>
  read
    .select()
    .from(request)
    .where(and(inArray(request.state, ['requested', 'sent_back']), lte(request.expiresAt, now)))
    .orderBy(asc(request.expiresAt), asc(request.id))
    .limit(most);

export const insertRequestEvent = async (tx: Tx, row: RequestStep): Promise<void> => {
  await tx.insert(requestEvent).values(row).returning({ id: requestEvent.id });
};

/** What happened to a request, oldest first. */
export const eventsOfRequest = async (read: Read, requestId: string): Promise<RequestStep[]> =>
  read
    .select()
    .from(requestEvent)
    .where(eq(requestEvent.requestId, requestId))
    .orderBy(asc(requestEvent.at), asc(requestEvent.id));

/** The same of many requests. */
export const eventsOfRequests = async (
  read: Read,
  requestIds: readonly string[],
): Promise<RequestStep[]> =>
  read
    .select()
    .from(requestEvent)
    .where(inArray(requestEvent.requestId, [...requestIds]))
    .orderBy(asc(requestEvent.at), asc(requestEvent.id));
