import { policySchema } from '#app/domain/policy.ts';
import type { World } from '#app/domain/rules/evaluate.ts';
import { listPolicyVersions } from '#db/queries/policy-versions.ts';
import { readStreams } from '#db/queries/streams.ts';
import type { Read } from '#db/store.ts';

/** What rules see beside a customer's records, as the database has it now. */
export const readWorld = async (read: Read): Promise<World> => {
  const versions = await listPolicyVersions(read);
  return {
    policies: versions.map(({ appliesFrom, policy }) => ({
      appliesFrom,
      policy: policySchema.parse(policy),
    })),
    streams: await readStreams(read),
  };
};
