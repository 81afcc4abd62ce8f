import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '#app/lib/instant.ts';
import {
  DEFAULT_LIMITS,
  judgeAdjustment,
  judgeRefund,
} from '#app/domain/policy/approval-limits.ts';
import type { RequestedAmount, Limits } from '#app/domain/policy/approval-limits.ts';

const NOW = 10 * DAY;
const usd = (amount: number, over: Partial<RequestedAmount> = {}): RequestedAmount => ({
  customerId: 'org_1',
  requestedBy: 'stf_1',
  requestedAt: NOW - 1,
  amount,
  currency: 'usd',
  ...over,
});
const judge = (amount: number, lately: RequestedAmount[] = [], currency = 'usd') =>
  judgeRefund(DEFAULT_LIMITS, { customerId: 'org_1', amount, currency }, 'stf_1', lately, NOW);
const approvals = (verdict: ReturnType<typeof judge>): number | 'refused' =>
  verdict.kind === 'allowed' ? verdict.approvals : 'refused';

describe('how many must say yes to a refund', () => {
  it.each<[string, number, RequestedAmount[], number | 'refused']>([
    ['at the limit', 50_000, [], 1],
    ['one cent above', 50_001, [], 2],
    ['split in two', 25_001, [usd(25_000)], 2],
    ['split, together at the limit', 25_000, [usd(25_000)], 1],
    ['split over agents', 25_001, [usd(25_000, { requestedBy: 'stf_2' })], 2],
    ['another customer does not count', 25_001, [usd(25_000, { customerId: 'org_2' })], 1],
    ['a day ago to the millisecond is out', 25_001, [usd(25_000, { requestedAt: NOW - DAY })], 1],
    ['a millisecond less is in', 25_001, [usd(25_000, { requestedAt: NOW - DAY + 1 })], 2],
    ['two currencies are one sum', 30_000, [usd(30_000, { currency: 'eur' })], 2],
    ['the largest refund', 1_000_000, [], 2],
    ['above the largest', 1_000_001, [], 'refused'],
    ['above what a customer gets in a day', 500_001, [usd(500_000)], 'refused'],
    [
      'above what a person asks for in a day',
      1,
      [usd(1_000_000, { customerId: 'a' }), usd(1_000_000, { customerId: 'b' })],
      'refused',
    ],
  ])('%s', (_, amount, lately, expected) =>
    expect(approvals(judge(amount, lately))).toBe(expected),
  );

  it('asks two for any currency without a limit', () => {
    expect(approvals(judge(1, [], 'sek'))).toBe(2);
  });

  it('never lets a sequence pass the limit with one approval for each part', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(parts, (amounts) => {
        const asked: RequestedAmount[] = [];
        let alone = 0;
        for (const amount of amounts) {
          const verdict = judge(amount, asked);
          if (verdict.kind === 'refused') continue;
          if (verdict.approvals === 1) alone += amount;
          asked.push(usd(amount));
        }
        expect(alone).toBeLessThanOrEqual(50_000);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('who decides credits', () => {
  const limits: Limits = { ...DEFAULT_LIMITS, credits: { aloneUpTo: 500 } };
  it.each([
    [500, 0, 0],
    [501, 0, 1],
    [-500, 0, 0],
    [-501, 0, 1],
    [200, 300, 0],
    [201, 300, 1],
  ])('%i credits after %i need %i', (credits, lately, expected) => {
    const verdict = judgeAdjustment(limits, { credits }, lately);
    expect(verdict).toMatchObject({ kind: 'allowed', approvals: expected });
  });
});
