import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import {
  DEFAULT_POLICY,
  DEFAULT_POLICY_JSON,
  nextPolicyChange,
  policyAt,
  policySchema,
} from '#app/domain/policy/policy.ts';

const version = (appliesFrom: number, refundBusinessDays: number) => ({
  appliesFrom,
  policy: { ...DEFAULT_POLICY, refundBusinessDays },
});

describe('the policy', () => {
  it('reads durations into milliseconds', () => {
    expect(DEFAULT_POLICY.grace).toEqual({
      credit_pack: 15 * MINUTE,
      renewal: 15 * MINUTE,
      upgrade: 5 * MINUTE,
      failedGeneration: 5 * MINUTE,
      invoice: 2 * HOUR,
    });
    expect(DEFAULT_POLICY.duplicateWindow).toBe(60 * MINUTE);
    expect(DEFAULT_POLICY.revokeWithin).toBe(DAY);
  });

  it.each([
    ['a duration without a unit', { duplicateWindow: '60' }],
    ['a duration in words', { duplicateWindow: 'an hour' }],
    ['a negative duration', { duplicateWindow: '-5m' }],
    ['a broken duration', { duplicateWindow: '1.5h' }],
    ['a duration results than ten years', { revokeWithin: '99999d' }],
    ['a duration as a number', { balanceTolerance: 120 }],
    ['no business days', { refundBusinessDays: 0 }],
    ['half a business day', { refundBusinessDays: 0.5 }],
    ['no failures', { failedPayments: { count: 0, within: '24h' } }],
    ['a missing part', { failedSetups: undefined }],
    ['a part unknown', { colour: 'red' }],
    ['a negative rate', { rateCard: { ...DEFAULT_POLICY_JSON.rateCard, training: -1 } }],
    [
      'a rate finer than computed',
      { rateCard: { ...DEFAULT_POLICY_JSON.rateCard, training: 0.00001 } },
    ],
  ])('refuses %s', (_, change) => {
    expect(policySchema.safeParse({ ...DEFAULT_POLICY_JSON, ...change }).success).toBe(false);
  });
});

describe('policyAt', () => {
  const versions = [version(100, 1), version(200, 2), version(200, 3)];

  it('gives the defaults before the first version', () => {
    expect(policyAt(versions, 99)).toBe(DEFAULT_POLICY);
    expect(policyAt([], 99)).toBe(DEFAULT_POLICY);
  });

  it.each([
    [100, 1],
    [199, 1],
    [200, 3],
    [9_999, 3],
  ])('at %d gives the version with %d days', (instant, days) => {
    expect(policyAt(versions, instant).refundBusinessDays).toBe(days);
  });

  it('knows when it changes next', () => {
    expect([99, 100, 200].map((instant) => nextPolicyChange(versions, instant))).toEqual([
      100,
      200,
      null,
    ]);
  });
});
