import { and, asc, eq, inArray, or } from 'drizzle-orm';
import type { Operation } from '#app/domain/operations/operation.ts';
import { RESERVING_STATES } from '#app/domain/requests/request.ts';
import { fastAll } from '#db/prepared-query.ts';
import { generation, ledgerEntry, payment, refund } from '#db/schema/book.ts';
import { operation, request } from '#db/schema/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Read } from '#db/store.ts';
import { equalsUnindexed } from '#db/unindexed.ts';

/*
 * All that was done, and is about to be done, about some payments and generations of one customer: a
 * fixed number of queries, however many records are asked for.
 */

/** Records of one customer. `payments`: every name that the book may have for them. */
export interface RecordIds {
  customerId: string;
  payments: readonly string[];
  generations: readonly string[];
}

export const paymentsNamed = async (read: Read, { customerId, payments }: RecordIds) =>
  payments.length === 0
    ? []
    : fastAll(
        read,
        read
          .select()
          .from(payment)
          .where(
            and(
              inArray(payment.id, [...payments]),
              equalsUnindexed(payment.customerId, customerId),
            ),
          ),
      );

export const generationsNamed = async (read: Read, { customerId, generations }: RecordIds) =>
  generations.length === 0
    ? []
    : fastAll(
        read,
        read
          .select()
          .from(generation)
          .where(
            and(
              inArray(generation.id, [...generations]),
              equalsUnindexed(generation.customerId, customerId),
            ),
          ),
      );

export const refundsNaming = async (read: Read, { payments }: RecordIds) =>
  payments.length === 0
    ? []
    : fastAll(
        read,
        read
          .select({
            id: refund.id,
            paymentId: refund.paymentId,
            amount: refund.amount,
            status: refund.status,
          })
          .from(refund)
          .where(inArray(refund.paymentId, [...payments])),
      );

const naming = {
  id: ledgerEntry.id,
  customerId: ledgerEntry.customerId,
  kind: ledgerEntry.kind,
  credits: ledgerEntry.credits,
  paymentId: ledgerEntry.paymentId,
  generationId: ledgerEntry.generationId,
};
const entriesWith = (read: Read, column: 'paymentId' | 'generationId', ids: readonly string[]) =>
  fastAll(
    read,
    read
      .select(naming)
      .from(ledgerEntry)
      .where(inArray(ledgerEntry[column], [...ids])),
  );

/**
 * Entries of the ledger that name one of them, one that names two of them twice. The customer is looked
 * at here, so that the database does not look through all of a long ledger.
 */
export const entriesNaming = async (
  read: Read,
  { customerId, payments, generations }: RecordIds,
) => {
  const ofPayments = payments.length === 0 ? [] : await entriesWith(read, 'paymentId', payments);
  const ofGenerations =
    generations.length === 0 ? [] : await entriesWith(read, 'generationId', generations);
  const own = (entry: { customerId: string }): boolean => entry.customerId === customerId;
  return { ofPayments: ofPayments.filter(own), ofGenerations: ofGenerations.filter(own) };
};
export type NamingEntry = Awaited<ReturnType<typeof entriesNaming>>['ofPayments'][number];

export type NamingRequest = Pick<
  StoredRequest,
  'id' | 'kind' | 'state' | 'paymentId' | 'generationId' | 'amount' | 'credits' | 'content'
>;

/** Requests that name one of them and are open, done or came back: each may still move something. */
export const requestsNaming = async (
  read: Read,
  { customerId, payments, generations }: RecordIds,
): Promise<NamingRequest[]> => {
  if (payments.length + generations.length === 0) return [];
  const named = or(
    payments.length === 0 ? undefined : inArray(request.paymentId, [...payments]),
    generations.length === 0 ? undefined : inArray(request.generationId, [...generations]),
  );
  return fastAll(
    read,
    read
      .select({
        id: request.id,
        kind: request.kind,
        state: request.state,
        paymentId: request.paymentId,
        generationId: request.generationId,
        amount: request.amount,
        credits: request.credits,
        content: request.content,
      })
      .from(request)
      .where(
        and(
          eq(request.customerId, customerId),
          inArray(request.state, [...RESERVING_STATES, 'succeeded', 'failed']),
          named,
        ),
      )
      .orderBy(asc(request.requestedAt), asc(request.id)),
  );
};

export type StepOfRemedy = Pick<
  Operation,
  'id' | 'requestId' | 'kind' | 'state' | 'credits' | 'externalId'
>;

export const stepsOfRemedies = async (
  read: Read,
  requestIds: readonly string[],
): Promise<StepOfRemedy[]> =>
  requestIds.length === 0
    ? []
    : fastAll(
        read,
        read
          .select({
            id: operation.id,
            requestId: operation.requestId,
            kind: operation.kind,
            state: operation.state,
            credits: operation.credits,
            externalId: operation.externalId,
          })
          .from(operation)
          .where(inArray(operation.requestId, [...requestIds])),
      );
