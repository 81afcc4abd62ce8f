import { and, desc, eq, gt, inArray, isNull, ne, or } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import { RESERVING_STATES } from '#app/domain/requests/request.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';
import { request } from '#db/schema/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Read } from '#db/store.ts';

/** What a person has asked for by this opened form; null: nothing. */
export const requestByForm = async (
  read: Read,
  { requestedBy, formKey }: { requestedBy: string; formKey: string },
): Promise<StoredRequest | null> =>
  (
    await read
      .select()
      .from(request)
      .where(and(eq(request.requestedBy, requestedBy), eq(request.formKey, formKey)))
  )[0] ?? null;

interface Looking {
  since: Instant;
  /** The request itself, where there is one. */
  exceptId: string | null;
}

/** Requests about the same record that are open, or were carried out since; the latest first. */
export const requestsAboutSame = async (
  read: Read,
  content: RequestContent,
  { since, exceptId }: Looking,
): Promise<StoredRequest[]> =>
  read
    .select()
    .from(request)
    .where(
      and(
        eq(request.customerId, content.customerId),
        eq(request.kind, content.kind),
        sameRecord(content),
        or(
          inArray(request.state, [...RESERVING_STATES]),
          and(eq(request.state, 'succeeded'), gt(request.changedAt, since)),
        ),
        exceptId === null ? undefined : ne(request.id, exceptId),
      ),
    )
    .orderBy(desc(request.requestedAt), desc(request.id));

/** The record that a remedy is about: a generation before its payment. */
const sameRecord = (content: RequestContent) => {
  if (content.kind === 'generation_hold') return undefined;
  if (content.kind === 'credit_adjustment' && content.generationId !== null)
    return eq(request.generationId, content.generationId);
  const { paymentId } = content;
  return and(
    paymentId === null ? isNull(request.paymentId) : eq(request.paymentId, paymentId),
    isNull(request.generationId),
  );
};
