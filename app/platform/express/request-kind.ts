import type { RequestKind } from '#app/platform/metrics.ts';

const BY_PATH: readonly [RegExp, RequestKind | null][] = [
  [/^\/assets\//, 'asset'],
  [/^\/ingest$/, 'ingest'],
  [/^\/webhooks\//, 'webhook'],
  [/^\/(healthz|readyz|metrics|favicon\.ico)$/, 'probe'],
  [/^\/events$/, null],
];

/** What kind of request it was; null: the stream of an open page, which lasts as long as that. */
export const kindOf = (method: string, url: URL): RequestKind | null => {
  const known = BY_PATH.find(([path]) => path.test(url.pathname));
  if (known) return known[1];
  if (method === 'POST') return 'form';
  return url.searchParams.has('_data') ? 'facts' : 'page';
};
