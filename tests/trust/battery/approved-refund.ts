import { createHash } from 'node:crypto';
import { DAY } from '#app/domain/instant.ts';
import { canonicalRequest } from '#app/domain/requests/canonical.ts';
import type { Operation } from '#app/domain/requests/operation.ts';
import { planOperations } from '#app/domain/requests/plan-operations.ts';
import type { RefundContent } from '#app/domain/requests/request.ts';
import type { Deps } from '#app/services/deps.ts';
import { insertOperations } from '#db/queries/operations.ts';
import { insertRequest } from '#db/queries/requests.ts';

type Change = Partial<RefundContent> & { paymentId: string };

/** A refund that has been approved and waits for the sender; answers its first step. */
export const approvedRefund = async (deps: Deps, change: Change): Promise<Operation> => {
  const now = deps.now();
  const id = deps.newId('req');
  const content: RefundContent = {
    kind: 'refund',
    customerId: 'org_1',
    reason: 'it never worked',
    evidence: [],
    flagId: null,
    amount: 4_900,
    currency: 'usd',
    ground: 'technical_issue',
    creditChoice: 'keep',
    takeBack: 0,
    ...change,
  };
  const steps = planOperations({
    request: { id, content, requestedBy: 'stf_agent' },
    decidedBy: 'stf_finance',
    newId: deps.newId,
    now,
  });
  const contentHash = createHash('sha256')
    .update(canonicalRequest(id, 1, content))
    .digest('hex');
  await deps.store.write(async (tx) => {
    await insertRequest(tx, {
      ...{ id, kind: 'refund', customerId: content.customerId, state: 'approved' },
      ...{ version: 1, revision: 1, content, contentHash, paymentId: content.paymentId },
      ...{ generationId: null, amount: content.amount, currency: content.currency, credits: null },
      ...{ ground: content.ground, flagId: null, requestedBy: 'stf_agent' },
      ...{ touchedBy: ['stf_agent'], requestedAt: now, approvedAt: now, expiresAt: now + 3 * DAY },
      ...{ neededApprovals: 1, deciderPermission: 'requests.decide-refund', needsWord: false },
      ...{ verdict: 'One person of finance decides.', stateReason: null, ticket: null, seen: null },
      changedAt: now,
    });
    await insertOperations(tx, steps);
  });
  const [first] = steps;
  // A refund has at least one step.
  return first!;
};
