/**
 * The whole part of `a × b ÷ divisor`, exact even where the product is beyond 2^53.
 * @param a 0 or more, as are `b` and, above 0, `divisor`; all safe integers.
 */
export function wholePart(a: number, b: number, divisor: number): number {
  const product = a * b;
  // Taking the remainder off first keeps the division exact; rounding a quotient would not.
  if (Number.isSafeInteger(product)) return (product - (product % divisor)) / divisor;
  return Number((BigInt(a) * BigInt(b)) / BigInt(divisor));
}
