/** The address of a request's own page. */
export const requestPath = (requestId: string): string =>
  `/requests/${encodeURIComponent(requestId)}`;
