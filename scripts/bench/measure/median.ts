/** The middle of the values; of an even number the lower middle. Throws on none. */
export function median(values: number[]): number {
  return percentile(values, 0.5);
}

/** The smallest value that at least `share` (0 to 1) of the values do not exceed. Throws on none. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error('no values to take a percentile of');
  return value;
}
