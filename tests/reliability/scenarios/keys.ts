import fc from 'fast-check';
import { idempotencyKeyOf } from '#app/domain/operations/operation.ts';
import { planOperations } from '#app/domain/operations/plan.ts';
import type { RefundContent } from '#app/domain/requests/request.ts';
import type { Figure } from '#tests/reliability/scenarios/figure.ts';

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
  const plan = (of: RefundContent, id: string, revision = 1, firstOrdinal = 1) =>
    planOperations({
      request: { id, revision, content: of, requestedBy: 'stf_1' },
      decidedBy: 'stf_2',
      now: 0,
      firstOrdinal,
    });
  const property = fc.property(
    content,
    content,
    fc.integer({ min: 1, max: 3 }),
    (a, b, attempt) => {
      const steps = [
        ...[...plan(a, 'req_1'), ...plan(b, 'req_2')],
        // The same request sent back and approved again, as it was and changed.
        ...[...plan(a, 'req_1', 1, 3), ...plan(b, 'req_1', 2, 5), ...plan(b, 'req_11', 2, 5)],
      ];
      // A database that was restored approves the same request once more: under the same key.
      const [first, again] = [plan(a, 'req_1')[0], plan(a, 'req_1')[0]];
      if (first?.idempotencyKey !== again?.idempotencyKey || first?.body !== again?.body)
        violations.push('a request that is approved once more has another key or body');
      if (new Set(steps.map(({ idempotencyKey }) => idempotencyKey)).size !== steps.length)
        violations.push('two operations share a key');
      for (const { kind, id, body } of steps) {
        if (idempotencyKeyOf(kind, id, attempt) !== idempotencyKeyOf(kind, id, attempt))
          violations.push('a retry changes the key');
        const read = JSON.stringify(JSON.parse(body));
        if (read !== body) violations.push('a body changes when it is read and sent again');
        if (!body.includes(id) && kind !== 'generation_hold')
          violations.push('a body does not name its operation');
      }
    },
  );
  fc.assert(property, { numRuns: pairs, seed });
  return { name: 'M7 key hygiene', runs: pairs, faults: 0, violations, seed };
};
