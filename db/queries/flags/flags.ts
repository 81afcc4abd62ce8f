import { and, asc, between, eq, inArray, ne } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { flagKey } from '#app/domain/flags/flag.ts';
import type { Flag, FlagFinding } from '#app/domain/flags/flag.ts';
import { SEVERITIES } from '#app/domain/rules/rule.ts';
import { chunks } from '#db/chunks.ts';
import { fastAll } from '#db/prepared-query.ts';
import type { CustomerBatch } from '#db/packed/packed-rows.ts';
import { flag, flagEvent } from '#db/schema/flag.ts';
import { staff } from '#db/schema/staff.ts';
import type { Read, Tx } from '#db/store.ts';

export type FlagEventRow = typeof flagEvent.$inferSelect;

/** A flag without the column that only sorts. */
export const FLAG_COLUMNS = {
  id: flag.id,
  customerId: flag.customerId,
  rule: flag.rule,
  subject: flag.subject,
  severity: flag.severity,
  confidence: flag.confidence,
  credits: flag.credits,
  amount: flag.amount,
  currency: flag.currency,
  atRisk: flag.atRisk,
  atRiskCurrency: flag.atRiskCurrency,
  since: flag.since,
  evidence: flag.evidence,
  facts: flag.facts,
  state: flag.state,
  openedAt: flag.openedAt,
  closedAt: flag.closedAt,
  reason: flag.reason,
  snoozedUntil: flag.snoozedUntil,
  assigneeId: flag.assigneeId,
  changedAt: flag.changedAt,
  version: flag.version,
};

/** Worst first, then oldest first. */
export const flagsOfCustomer = async (read: Read, customerId: string): Promise<Flag[]> =>
  read
    .select(FLAG_COLUMNS)
    .from(flag)
    .where(eq(flag.customerId, customerId))
    .orderBy(asc(flag.severityRank), asc(flag.since), asc(flag.id));

/** The flags of a batch that are not closed. */
export const activeFlags = async (read: Read, batch: CustomerBatch): Promise<Flag[]> => {
  const [first, last] = [batch.ids[0], batch.ids.at(-1)];
  if (first === undefined || last === undefined) return [];
  const active = (customers: SQL) =>
    fastAll(
      read,
      read
        .select(FLAG_COLUMNS)
        .from(flag)
        .where(and(customers, ne(flag.state, 'closed'))),
    );
  if (batch.range) return active(between(flag.customerId, first, last));
  const found: Flag[] = [];
  for (const chunk of chunks(batch.ids))
    found.push(...(await active(inArray(flag.customerId, chunk))));
  return found;
};

/** Inside the write that settles: the flags of these customers that are not closed. */
export const activeFlagsInWrite = async (
  tx: Tx,
  customerIds: readonly string[],
): Promise<Flag[]> => {
  const found: Flag[] = [];
  for (const chunk of chunks(customerIds)) {
    const here = and(inArray(flag.customerId, chunk), ne(flag.state, 'closed'));
    found.push(...(await tx.select(FLAG_COLUMNS).from(flag).where(here)));
  }
  return found;
};

/** The flags of these identities, closed ones and those of other customers included. */
export const flagsByIdentity = async (
  tx: Read,
  identities: readonly Pick<FlagFinding, 'rule' | 'subject'>[],
): Promise<Flag[]> => {
  const wanted = new Set(identities.map(flagKey));
  const found: Flag[] = [];
  for (const rule of new Set(identities.map((identity) => identity.rule))) {
    const subjects = identities.filter((one) => one.rule === rule).map(({ subject }) => subject);
    for (const chunk of chunks(subjects)) {
      const these = and(eq(flag.rule, rule), inArray(flag.subject, chunk));
      found.push(...(await tx.select(FLAG_COLUMNS).from(flag).where(these)));
    }
  }
  return found.filter((one) => wanted.has(flagKey(one)));
};

export const findFlag = async (read: Read, id: string): Promise<Flag | null> => {
  const rows = await read.select(FLAG_COLUMNS).from(flag).where(eq(flag.id, id));
  return rows[0] ?? null;
};

/** What happened to a flag, oldest first, with the names of the people who did it. */
export const historyOfFlag = async (
  read: Read,
  flagId: string,
): Promise<(FlagEventRow & { actorName: string | null })[]> => {
  const rows = await read
    .select({ event: flagEvent, actorName: staff.name })
    .from(flagEvent)
    .leftJoin(staff, eq(staff.id, flagEvent.actorId))
    .where(eq(flagEvent.flagId, flagId))
    .orderBy(asc(flagEvent.at), asc(flagEvent.id));
  return rows.map(({ event, actorName }) => ({ ...event, actorName }));
};

const rowOf = (one: Flag): typeof flag.$inferInsert => ({
  ...one,
  severityRank: SEVERITIES.indexOf(one.severity),
});

export const insertFlags = async (tx: Tx, flags: readonly Flag[]): Promise<void> => {
  for (const chunk of chunks(flags)) {
    await tx.insert(flag).values(chunk.map(rowOf)).returning({ id: flag.id });
  }
};

/** Compare-and-set: answers whether the flag still had the version that `before` was read with. */
export const updateFlag = async (tx: Tx, before: Flag, after: Flag): Promise<boolean> => {
  const rows = await tx
    .update(flag)
    .set(rowOf(after))
    .where(and(eq(flag.id, before.id), eq(flag.version, before.version)))
    .returning({ id: flag.id });
  return rows.length > 0;
};

export const insertFlagEvents = async (tx: Tx, events: readonly FlagEventRow[]): Promise<void> => {
  for (const chunk of chunks(events)) {
    await tx.insert(flagEvent).values(chunk).returning({ id: flagEvent.id });
  }
};
