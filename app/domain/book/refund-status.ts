/*
 * The status of a refund at the payment provider. It is an open list of words and arrives in any order:
 * by answer, by event, by look-up. Only steps forward are taken.
 */

const RANK: Readonly<Record<string, number>> = {
  pending: 0,
  requires_action: 1,
  succeeded: 2,
  canceled: 3,
  failed: 4,
};
/** A word that is not known yet says no more than that it is under way. */
const rankOf = (status: string): number => RANK[status] ?? 0;

/** Whether the money stays with the merchant, or came back to it. */
export const isReversed = (status: string | null): boolean =>
  status === 'failed' || status === 'canceled';

/** The later of two statuses: `pending` → `succeeded` → `failed`, never back. */
export const laterStatus = (known: string | null, reported: string): string =>
  known === null || (!isReversed(known) && rankOf(reported) > rankOf(known)) ? reported : known;
