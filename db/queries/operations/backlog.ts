import { and, count, inArray, isNull, min, type SQL } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import { RESERVING_STATES, type RequestState } from '#app/domain/requests/request.ts';
import { isHeld } from '#db/queries/operations/mail.ts';
import { mail } from '#db/schema/mail.ts';
import { request } from '#db/schema/requests.ts';
import type { Read } from '#db/store.ts';

/** How many there are, and since when the oldest of them is as it is; null: there are none. */
export interface Backlog {
  count: number;
  oldest: Instant | null;
}

/** Requests that are not done with, by their state. */
export const requestBacklog = async (read: Read): Promise<Map<RequestState, Backlog>> => {
  const rows = await read
    .select({ state: request.state, count: count(), oldest: min(request.changedAt) })
    .from(request)
    .where(inArray(request.state, [...RESERVING_STATES]))
    .groupBy(request.state);
  return new Map(rows.map(({ state, ...backlog }) => [state, backlog]));
};

/** Letters to customers that have not gone out: those that wait for the mail server, and those for a person. */
export const mailBacklog = async (read: Read): Promise<{ waiting: Backlog; held: Backlog }> => {
  const ofThose = async (which: SQL | undefined): Promise<Backlog> => {
    const [row] = await read
      .select({ count: count(), oldest: min(mail.createdAt) })
      .from(mail)
      .where(which);
    return row ?? { count: 0, oldest: null };
  };
  const [waiting, held] = await Promise.all([
    ofThose(and(isNull(mail.sentAt), isNull(mail.closedAt), isNull(mail.heldAt))),
    ofThose(isHeld()),
  ]);
  return { waiting, held };
};
