import { policySchema } from '#app/domain/policy/policy.ts';
import type { PolicyVersion } from '#app/domain/policy/policy.ts';
import type { RuleContext } from '#app/domain/rules/evaluate.ts';
import { listPolicyVersions } from '#db/queries/book/policy-versions.ts';
import { readStreams } from '#db/queries/book/streams.ts';
import type { Read } from '#db/store.ts';

/** Every version of the policy, as the database has it now. */
export const readPolicies = async (read: Read): Promise<PolicyVersion[]> =>
  (await listPolicyVersions(read)).map(({ appliesFrom, policy }) => ({
    appliesFrom,
    policy: policySchema.parse(policy),
  }));

/** What rules see beside a customer's records, as the database has it now. */
export const loadRuleContext = async (read: Read): Promise<RuleContext> => ({
  policies: await readPolicies(read),
  streams: await readStreams(read),
});
