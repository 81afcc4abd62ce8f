import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Decision } from '#app/domain/requests/history.ts';
import type { Instant } from '#app/lib/instant.ts';
import { chunks } from '#db/chunks.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import { decision } from '#db/schema/requests.ts';
import { param } from '#db/param.ts';
import type { Read, Tx } from '#db/store.ts';

/** The database refuses one by the person who asked, and a second one by the same person on a revision. */
export const insertDecision = async (
  tx: Tx,
  row: Omit<Decision, 'onBehalfOf'> & Partial<Pick<Decision, 'onBehalfOf'>>,
): Promise<void> => {
  await tx.insert(decision).values(row).returning({ id: decision.id });
};

/** Every decision on a request, oldest first, those included that no longer count. */
export const decisionsOf = (read: Read, requestId: string): Promise<Decision[]> =>
  onRequest(read, { requestId });

const onRequest = preparedQuery<{ requestId: string }, Decision>((read) =>
  read
    .select()
    .from(decision)
    .where(eq(decision.requestId, param('requestId', decision.requestId)))
    .orderBy(asc(decision.at), asc(decision.id)),
);

/** What was decided so far counts no longer. */
export const voidDecisions = async (tx: Tx, requestId: string, at: Instant): Promise<void> => {
  await tx
    .update(decision)
    .set({ voidedAt: at })
    .where(and(eq(decision.requestId, requestId), isNull(decision.voidedAt)))
    .returning({ id: decision.id });
};

/** The same of many requests. */
export const decisionsOfRequests = async (
  read: Read,
  requestIds: readonly string[],
): Promise<Decision[]> => {
  const found: Decision[] = [];
  for (const chunk of chunks(requestIds)) {
    found.push(...(await read.select().from(decision).where(inArray(decision.requestId, chunk))));
  }
  return found;
};
