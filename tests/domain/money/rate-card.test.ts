import { expect, it } from 'vitest';
import { mulDiv } from '#app/domain/money/mul-div.ts';
import { DEFAULT_POLICY } from '#app/domain/policy/policy.ts';
import { priceOf } from '#app/domain/money/rate-card.ts';
import { generation } from '#tests/factories/account.ts';

const image = (base: number, factor: number, count: number): number | null =>
  priceOf(generation({ tier: 'pro', resolution: '2K', count }), {
    rateCard: { ...DEFAULT_POLICY.rateCard, image: { pro: base }, resolution: { '2K': factor } },
  });

it.each([
  [8, 2, 3, 48],
  [4, 1.5, 1, 6],
  // 1.1 × 3 × 10 is 33.00000000000001 in floating point, and would be rounded up to 34.
  [1.1, 3, 10, 33],
  [0.1, 3, 10, 3],
  [0.0001, 0.0001, 1, 1],
  [1.5, 1.5, 1, 3],
  [0, 3, 5, 0],
])('%d × %d × %d is %d whole credits', (base, factor, count, price) => {
  expect(image(base, factor, count)).toBe(price);
});

it('prices beyond 2^53 as above everything chargeable', () => {
  expect(image(8, 3, Number.MAX_SAFE_INTEGER)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
});

it.each([
  [5_000, 4_899, 4_900, 4_998],
  [1, 1, 2, 0],
  [0, 7, 3, 0],
  [9_007_199_254_740_991, 9_007_199_254_740_991, 9_007_199_254_740_991, 9_007_199_254_740_991],
  [9_007_199_254_740_991, 9_007_199_254_740_990, 9_007_199_254_740_991, 9_007_199_254_740_990],
  // The quotient rounds to 3 × 2^51 in floating point.
  [9_007_199_254_740_991, 3, 4, 6_755_399_441_055_743],
])('the whole part of %d × %d ÷ %d is %d', (a, b, divisor, expected) => {
  expect(mulDiv(a, b, divisor)).toBe(expected);
});
