import { createHash } from 'node:crypto';
import { DAY } from '#app/lib/instant.ts';
import { canonicalRequest } from '#app/domain/requests/canonical-content.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { planOperations } from '#app/domain/operations/plan.ts';
import type { RefundContent, RequestContent } from '#app/domain/requests/request.ts';
import type { Deps } from '#app/services/deps.ts';
import { columnsOf } from '#app/services/requests/lifecycle/request-columns.ts';
import { insertOperations } from '#db/queries/operations/operations.ts';
import { insertRequest } from '#db/queries/requests/requests.ts';

type Change = Partial<RefundContent> & { paymentId: string };

/** A refund that has been approved and waits for the sender; answers its first step. */
export const approvedRefund = (deps: Deps, change: Change): Promise<Operation> =>
  approvedRequest(deps, {
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
  });

/** Anything that has been approved and waits for the sender; answers its first step. */
export const approvedRequest = async (deps: Deps, content: RequestContent): Promise<Operation> => {
  const now = deps.now();
  const id = deps.newId('req');
  const steps = planOperations({
    request: { id, revision: 1, content, requestedBy: 'stf_agent' },
    decidedBy: 'stf_finance',
    now,
  });
  const contentHash = createHash('sha256')
    .update(canonicalRequest(id, 1, content))
    .digest('hex');
  await deps.store.write(async (tx) => {
    await insertRequest(tx, {
      ...{ id, ...columnsOf(content), state: 'approved', version: 1, revision: 1 },
      ...{ content, contentHash, requestedBy: 'stf_agent', touchedBy: ['stf_agent'] },
      ...{ requestedAt: now, approvedAt: now, expiresAt: now + 3 * DAY, neededApprovals: 1 },
      ...{ deciderPermission: 'requests.decide-refund', needsWord: false },
      ...{ verdict: 'Finance approves.', stateReason: null, ticket: null, seen: null },
      formKey: null,
      changedAt: now,
    });
    await insertOperations(tx, steps);
  });
  const [first] = steps;
  // Every remedy has at least one step.
  return first!;
};
