/** Rows by the request that they belong to, in their order. */
export function groupByRequest<R extends { requestId: string }>(
  rows: readonly R[],
): Map<string, R[]> {
  const found = new Map<string, R[]>();
  for (const row of rows) {
    const known = found.get(row.requestId);
    if (known === undefined) found.set(row.requestId, [row]);
    else known.push(row);
  }
  return found;
}
