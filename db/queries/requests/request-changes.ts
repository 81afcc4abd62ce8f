import { desc, isNotNull } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import { isHeld } from '#db/queries/operations/mail.ts';
import { driftCheck } from '#db/schema/reconciliation.ts';
import { mail } from '#db/schema/mail.ts';
import { operation, request } from '#db/schema/requests.ts';
import type { Read } from '#db/store.ts';

/** A row as it was changed last: another change gives another mark. */
export interface ChangeMark {
  mark: string;
  /** Null: of no customer. */
  customerId: string | null;
  at: Instant;
}

/** So many of the latest changes are compared: enough for clocks of two consoles that differ a little. */
export const LATEST = 16;

const latest = preparedQuery((read) =>
  read
    .select({
      id: request.id,
      version: request.version,
      customerId: request.customerId,
      at: request.changedAt,
    })
    .from(request)
    .orderBy(desc(request.changedAt), desc(request.id))
    .limit(LATEST),
);

/** The requests that changed last, latest first. Asked at every page. */
export const latestRequests = async (read: Read): Promise<ChangeMark[]> =>
  (await latest(read, {})).map((row) => ({ ...row, mark: `${row.id} ${row.version}` }));

const latestSteps = async (read: Read): Promise<ChangeMark[]> => {
  const { id, version, customerId, changedAt } = operation;
  const rows = await read
    .select({ id, version, customerId, at: changedAt })
    .from(operation)
    .orderBy(desc(changedAt))
    .limit(LATEST);
  return rows.map((row) => ({ ...row, mark: `${row.id} ${row.version}` }));
};

const latestMails = async (read: Read): Promise<ChangeMark[]> => {
  const { id, customerId, sentAt } = mail;
  const rows = await read
    .select({ id, customerId, at: sentAt })
    .from(mail)
    .where(isNotNull(sentAt))
    .orderBy(desc(sentAt))
    .limit(LATEST);
  const held = await read
    .select({ id, customerId, at: mail.heldAt })
    .from(mail)
    .where(isHeld())
    .orderBy(desc(mail.heldAt))
    .limit(LATEST);
  return [...rows, ...held.map((row) => ({ ...row, id: `${row.id} ${row.at}` }))].map((row) => ({
    ...row,
    mark: row.id,
    at: row.at ?? 0,
  }));
};

const latestChecks = async (read: Read): Promise<ChangeMark[]> => {
  const { id, askedAt, startedAt, endedAt } = driftCheck;
  const rows = await read
    .select({ id, askedAt, startedAt, endedAt })
    .from(driftCheck)
    .orderBy(desc(askedAt), desc(id))
    .limit(2);
  return rows.map((row) => ({
    mark: `${row.id} ${row.startedAt} ${row.endedAt}`,
    customerId: null,
    at: row.endedAt ?? row.startedAt ?? row.askedAt,
  }));
};

/** What changed last of all that pages show of requests. A few rows by index, however many there are. */
export const latestRequestChanges = async (read: Read): Promise<ChangeMark[][]> => [
  await latestRequests(read),
  await latestSteps(read),
  await latestMails(read),
  await latestChecks(read),
];
