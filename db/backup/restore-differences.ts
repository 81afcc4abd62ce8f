import type { Instant } from '#app/lib/instant.ts';
import type { Connection } from '#db/sqlite-connection.ts';

/** What a database that was replaced has, and the backup in its place has not. */
export interface Differences {
  requests: {
    id: string;
    kind: string;
    customerId: string;
    state: string;
    /** In the backup; null: it is not there. */
    before: string | null;
    changedAt: Instant;
  }[];
  /** Steps of credits that were sent, and of which the backup does not know what became. */
  credits: {
    id: string;
    requestId: string;
    customerId: string;
    credits: number;
    externalId: string | null;
    changedAt: Instant;
  }[];
  mails: { id: string; requestId: string; customerId: string; kind: string; sentAt: Instant }[];
  auditRows: number;
}

const REQUESTS = `select id, kind, customer_id as customerId, state, changed_at as changedAt
  from request order by changed_at, id`;
const CREDITS = `select id, request_id as requestId, customer_id as customerId, credits,
  external_id as externalId, changed_at as changedAt
  from operation where kind = 'credit_adjustment'
  and (external_id is not null or state in ('sending', 'needs_review')) order by changed_at, id`;
const MAILS = `select id, request_id as requestId, customer_id as customerId, kind, sent_at as sentAt
  from mail where sent_at is not null order by sent_at, id`;

type RequestRow = Omit<Differences['requests'][number], 'before'>;
type CreditRow = Differences['credits'][number];
type MailRow = Differences['mails'][number];

// The casts: these are the columns just named.
const requestsIn = (file: Connection) => file.prepare(REQUESTS).all() as RequestRow[];
const creditsIn = (file: Connection) => file.prepare(CREDITS).all() as CreditRow[];
const mailsIn = (file: Connection) => file.prepare(MAILS).all() as MailRow[];
const auditRowsIn = (file: Connection): number =>
  Number(file.prepare('select coalesce(max(seq), 0) from audit_event').pluck().get());

/** Null where the replaced one cannot be read: it was damaged, or of a much older program. */
export const differencesOf = (replaced: Connection, backup: Connection): Differences | null => {
  try {
    const states = new Map(requestsIn(backup).map(({ id, state }) => [id, state]));
    const booked = new Set(
      creditsIn(backup).flatMap(({ id, externalId }) => (externalId === null ? [] : [id])),
    );
    const sent = new Set(mailsIn(backup).map(({ id }) => id));
    return {
      requests: requestsIn(replaced)
        .map((row) => ({ ...row, before: states.get(row.id) ?? null }))
        .filter(({ before, state }) => before !== state),
      credits: creditsIn(replaced).filter(({ id }) => !booked.has(id)),
      mails: mailsIn(replaced).filter(({ id }) => !sent.has(id)),
      auditRows: Math.max(0, auditRowsIn(replaced) - auditRowsIn(backup)),
    };
  } catch {
    return null;
  }
};
