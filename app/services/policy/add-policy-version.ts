import { policySchema } from '#app/domain/policy/policy.ts';
import type { PolicyJson } from '#app/domain/policy/policy.ts';
import type { Instant } from '#app/lib/instant.ts';
import { toIso } from '#app/lib/instant.ts';
import type { Deps } from '#app/services/deps.ts';
import type { Actor } from '#app/domain/access/roles.ts';
import { markAllAccountsDirty } from '#db/queries/book/accounts.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { insertPolicyVersion } from '#db/queries/book/policy-versions.ts';

/**
 * Adds a version of the policy that applies from an instant on, and makes every account due, since a
 * rate card in force in the past prices past generations anew. Throws zod's error on a wrong policy.
 * @param app `actor` null: the program itself (first start, demo).
 * @returns the version's id.
 */
export const addPolicyVersion = async (
  app: Deps & { actor: Actor | null; ticket?: string | null },
  { appliesFrom, policy }: { appliesFrom: Instant; policy: PolicyJson },
): Promise<string> => {
  policySchema.parse(policy);
  const id = app.newId('pol');
  const createdAt = app.now();
  const createdBy = app.actor?.staffId ?? null;
  await app.store.write(async (tx) => {
    await insertPolicyVersion(tx, { id, appliesFrom, policy, createdAt, createdBy });
    await markAllAccountsDirty(tx);
    await appendAudit(tx, {
      id: app.newId('aud'),
      at: createdAt,
      kind: 'policy.added',
      actorId: createdBy,
      subject: `policyVersion:${id}`,
      ticket: app.ticket ?? null,
      detail: { appliesFrom: toIso(appliesFrom) },
    });
  });
  return id;
};
