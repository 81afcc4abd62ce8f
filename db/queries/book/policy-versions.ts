import { asc } from 'drizzle-orm';
import { policyVersion } from '#db/schema/policy.ts';
import type { Read } from '#db/store.ts';

export type PolicyVersionRow = typeof policyVersion.$inferSelect;

/** Every version of the policy, in the order in which they apply; of one instant the later id counts. */
export const listPolicyVersions = async (read: Read): Promise<PolicyVersionRow[]> =>
  read.select().from(policyVersion).orderBy(asc(policyVersion.appliesFrom), asc(policyVersion.id));
