import { describe, expect, it } from 'vitest';
import {
  credits,
  formatCreditCount,
  formatCredits,
  parseCredits,
} from '#app/domain/money/credits.ts';

describe('credits', () => {
  it.each([0.5, NaN, 2 ** 53])('refuses %d', (count) => {
    expect(() => credits(count)).toThrow(RangeError);
  });

  it.each([
    [5_000, '5,000', '+5,000'],
    [-24, '−24', '−24'],
    [0, '0', '0'],
    [9_007_199_254_740_991, '9,007,199,254,740,991', '+9,007,199,254,740,991'],
  ])('%d is shown as %s, signed %s', (count, plain, signed) => {
    expect(formatCredits(count)).toBe(plain);
    expect(formatCredits(count, { signed: true })).toBe(signed);
  });

  it('speaks of one credit and of several', () => {
    expect([1, -1, 0, 2].map(formatCreditCount)).toEqual([
      '1 credit',
      '−1 credit',
      '0 credits',
      '2 credits',
    ]);
  });

  it.each([
    ['5000', 5_000],
    [' 5,000 ', 5_000],
    ['0', 0],
  ])('reads %j', (text, count) => {
    expect(parseCredits(text)).toEqual({ ok: true, credits: count });
  });

  it.each([
    ['', 'not-a-number'],
    ['-5', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['50,00', 'not-a-number'],
    ['2.5', 'not-whole'],
    ['9007199254740992', 'too-large'],
  ])('refuses %j: %s', (text, reason) => {
    expect(parseCredits(text)).toEqual({ ok: false, reason });
  });
});
