import fc from 'fast-check';
import { idempotencyKeyOf } from '#app/domain/requests/operation.ts';
import { planOperations } from '#app/domain/requests/plan-operations.ts';
import type { RefundContent } from '#app/domain/requests/request.ts';
import type { Figure } from '#tests/trust/battery/figure.ts';

const content = fc.record<RefundContent>({
  kind: fc.constant('refund'),
  customerId: fc.constantFrom('org_1', 'org_2'),
  reason: fc.string(),
  evidence: fc.constant([]),
  flagId: fc.constant(null),
  paymentId: fc.constantFrom('ch_1', 'ch_2'),
  amount: fc.constantFrom(1, 2_450, 4_900),
  currency: fc.constant('usd'),
  ground: fc.constantFrom('duplicate_charge', 'other'),
  creditChoice: fc.constant('keep'),
  takeBack: fc.constantFrom(0, 500),
});

/** M7: two operations never share a key, however alike they are; a retry repeats key and bytes. */
export const keyHygiene = (pairs: number, seed: number): Figure => {
  const violations: string[] = [];
  let made = 0;
  const newId = (prefix: string): string => `${prefix}_${String((made += 1))}`;
  const plan = (of: RefundContent, id: string) =>
    planOperations({
      request: { id, content: of, requestedBy: 'stf_1' },
      decidedBy: 'stf_2',
      newId,
      now: 0,
    });
  const property = fc.property(
    content,
    content,
    fc.integer({ min: 1, max: 3 }),
    (a, b, attempt) => {
      const steps = [...plan(a, 'req_1'), ...plan(b, 'req_2'), ...plan(a, 'req_1')];
      if (new Set(steps.map(({ idempotencyKey }) => idempotencyKey)).size !== steps.length)
        violations.push('two operations share a key');
      for (const { kind, id, body } of steps) {
        if (idempotencyKeyOf(kind, id, attempt) !== idempotencyKeyOf(kind, id, attempt))
          violations.push('a retry changes the key');
        const again = JSON.stringify(JSON.parse(body));
        if (again !== body) violations.push('a body changes when it is read and sent again');
        if (!body.includes(id) && kind !== 'generation_hold')
          violations.push('a body does not name its operation');
      }
    },
  );
  fc.assert(property, { numRuns: pairs, seed });
  return { name: 'M7 key hygiene', runs: pairs, faults: 0, violations, seed };
};
