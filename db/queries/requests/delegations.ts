import { and, desc, eq, gt, isNull, lte } from 'drizzle-orm';
import type { Delegation } from '#app/domain/approvals/delegation.ts';
import type { Instant } from '#app/lib/instant.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import { delegation } from '#db/schema/delegation.ts';
import { param } from '#db/param.ts';
import type { Read, Tx } from '#db/store.ts';

export const insertDelegation = async (
  tx: Tx,
  row: Delegation & { formKey?: string | null },
): Promise<void> => {
  await tx.insert(delegation).values(row).returning({ id: delegation.id });
};

/** What a person has lent by this opened form; null: nothing. */
export const delegationByForm = async (
  read: Read,
  { delegatorId, formKey }: { delegatorId: string; formKey: string },
): Promise<Delegation | null> => {
  const same = and(eq(delegation.delegatorId, delegatorId), eq(delegation.formKey, formKey));
  return (await read.select().from(delegation).where(same))[0] ?? null;
};

export const findDelegation = async (read: Read, id: string): Promise<Delegation | null> => {
  const rows = await read.select().from(delegation).where(eq(delegation.id, id));
  return rows[0] ?? null;
};

/** Ends one before its time; answers whether it had not been ended before. */
export const closeDelegation = async (
  tx: Tx,
  id: string,
  { endedAt, endedBy }: { endedAt: Instant; endedBy: string },
): Promise<boolean> => {
  const rows = await tx
    .update(delegation)
    .set({ endedAt, endedBy })
    .where(and(eq(delegation.id, id), isNull(delegation.endedAt)))
    .returning({ id: delegation.id });
  return rows.length > 0;
};

/** Those in force at an instant. */
export const delegationsInForce = (read: Read, now: Instant): Promise<Delegation[]> =>
  inForceAt(read, { now });

const inForceAt = preparedQuery<{ now: Instant }, Delegation>((read) =>
  read
    .select()
    .from(delegation)
    .where(
      and(
        isNull(delegation.endedAt),
        lte(delegation.startsAt, param('now', delegation.startsAt)),
        gt(delegation.endsAt, param('now', delegation.endsAt)),
      ),
    ),
);

/** Those that are in force, to come, or have ended since an instant; the latest first. */
export const delegationsSince = async (
  read: Read,
  since: Instant,
  most: number,
): Promise<Delegation[]> =>
  read
    .select()
    .from(delegation)
    .where(gt(delegation.endsAt, since))
    .orderBy(desc(delegation.endsAt), desc(delegation.id))
    .limit(most);
