/**
 * The whole part of `a × b ÷ divisor`, exact even where the product is beyond 2^53.
 * @param a 0 or more, as are `b` and, above 0, `divisor`; all safe integers.
 */
export function mulDiv(a: number, b: number, divisor: number): number {
  const product = a * b;
  // Of integers below 2^53 a quotient never rounds up to the next whole number, so the floor is exact.
  if (Number.isSafeInteger(product)) return Math.floor(product / divisor);
  return Number((BigInt(a) * BigInt(b)) / BigInt(divisor));
}
