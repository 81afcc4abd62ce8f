/**
 * The address of a customer's page; with `choose` (`payment:ch_1`) it selects that row. Ids are opaque
 * strings, so everything in them is escaped.
 */
export const customerPath = (customerId: string, choose: string | null = null): string => {
  const path = `/customers/${encodeURIComponent(customerId)}`;
  return choose === null ? path : `${path}?choose=${encodeURIComponent(choose)}`;
};

/** The address of a request's own page. */
export const requestPath = (requestId: string): string =>
  `/requests/${encodeURIComponent(requestId)}`;
