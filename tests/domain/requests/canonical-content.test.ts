import { describe, expect, it } from 'vitest';
import { canonicalJson, canonicalRequest } from '#app/domain/requests/canonical-content.ts';
import type { RefundContent } from '#app/domain/requests/request.ts';

const refund: RefundContent = {
  kind: 'refund',
  customerId: 'org_1',
  reason: 'charged twice',
  evidence: ['payment:ch_1', 'payment:ch_2'],
  flagId: null,
  paymentId: 'ch_2',
  amount: 4_900,
  currency: 'usd',
  ground: 'duplicate_charge',
  creditChoice: 'keep',
  takeBack: 0,
};
const text = canonicalRequest('req_1', 1, refund);

describe('what an approval is bound to', () => {
  it('is the same for equal content, however it was put together', () => {
    const shuffled = Object.fromEntries(Object.entries(refund).toReversed()) as typeof refund;
    const evidence = refund.evidence.toReversed();
    expect(canonicalRequest('req_1', 1, { ...shuffled, evidence })).toBe(text);
    expect(canonicalJson({ b: [1, 'x', null], a: true })).toBe('{"a":true,"b":[1,"x",null]}');
  });

  it.each<[string, Partial<RefundContent>]>([
    ['payment', { paymentId: 'ch_3' }],
    ['amount', { amount: 4_901 }],
    ['currency', { currency: 'eur' }],
    ['reason', { reason: 'charged thrice' }],
    ['ground', { ground: 'other' }],
    ['evidence', { evidence: ['payment:ch_1'] }],
    ['credits', { takeBack: 1 }],
    ['customer', { customerId: 'org_2' }],
  ])('changes with the %s', (_, change) => {
    expect(canonicalRequest('req_1', 1, { ...refund, ...change })).not.toBe(text);
  });

  it('changes with the request and its revision', () => {
    expect(canonicalRequest('req_2', 1, refund)).not.toBe(text);
    expect(canonicalRequest('req_1', 2, refund)).not.toBe(text);
  });
});
