import { describe, expect, it } from 'vitest';
import { operationIdOf, possibleCreditSteps } from '#app/domain/operations/operation-id.ts';
import { planOperations } from '#app/domain/operations/plan.ts';
import type { RefundContent } from '#app/domain/requests/request.ts';
import { T } from '#tests/factories/records.ts';

const idsOf = (kind: Parameters<typeof possibleCreditSteps>[0]['kind'], revision: number) =>
  possibleCreditSteps({ id: 'req_a', kind, revision }).map(({ id }) => id);

describe('the steps of credits that a request may have had', () => {
  it.each([
    ['generation_hold', 1, 0, []],
    ['credit_adjustment', 1, 10, ['op_a_1_1', 'op_a_2_1', 'op_a_4_4']],
    ['credit_adjustment', 2, 15, ['op_a_1_1', 'op_a_3_2', 'op_a_5_5']],
    ['refund', 1, 16, ['op_a_1_2', 'op_a_2_4', 'op_a_3_3', 'op_a_4_8']],
  ] as const)('of a %s in revision %i are %i', (kind, revision, count, some) => {
    const ids = idsOf(kind, revision);
    expect(ids).toHaveLength(count);
    expect(new Set(ids).size).toBe(count);
    expect(ids).toEqual(expect.arrayContaining([...some]));
  });

  it('have, behind a refund, the one that returns what they took', () => {
    const [first] = possibleCreditSteps({ id: 'req_a', kind: 'refund', revision: 1 });
    expect(first).toEqual({ id: 'op_a_1_2', returnedBy: 'op_a_back_3' });
  });

  it('are those that are planned, however often it was approved and changed', () => {
    const content: RefundContent = {
      ...{ kind: 'refund', customerId: 'org_1', reason: '', evidence: [], flagId: null },
      ...{ paymentId: 'ch_1', amount: 1, currency: 'usd', ground: 'other' },
      ...{ creditChoice: 'take_back_all', takeBack: 5 },
    };
    const ids = idsOf('refund', 1);
    let firstOrdinal = 1;
    for (let revision = 1; revision <= 4; revision += 1) {
      const request = { id: 'req_a', revision, content, requestedBy: 'stf_a' };
      const steps = planOperations({ request, decidedBy: null, now: T, firstOrdinal });
      expect(ids).toContain(steps[1]?.id);
      firstOrdinal += steps.length;
    }
    expect(ids).not.toContain(operationIdOf({ requestId: 'req_a', revision: 1, ordinal: 1 }));
  });
});
