import type { z } from 'zod';
import { policySchema } from '#app/domain/policy/policy.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Deps } from '#app/services/deps.ts';
import { markAllAccountsDirty } from '#db/queries/book/accounts.ts';
import { policyVersion } from '#db/schema/policy.ts';

/** Adds a version of the policy; every account is due then, since it may price the past anew. */
export const addPolicyVersion = async (
  { store, newId, now }: Deps,
  { appliesFrom, policy }: { appliesFrom: Instant; policy: z.input<typeof policySchema> },
): Promise<void> => {
  policySchema.parse(policy);
  const row = { id: newId('pol'), appliesFrom, policy, createdAt: now(), createdBy: null };
  await store.write(async (tx) => {
    await tx.insert(policyVersion).values(row).returning({ id: policyVersion.id });
    await markAllAccountsDirty(tx);
  });
};
