import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import { requestPath } from '#app/pages/shared/paths.ts';
import type { loader } from '#app/pages/requests/detail/request.page.tsx';

/** Rows that are only passed by on the way to another are not looked at. */
const PASSING_BY = 120;

/** The chosen request in full, kept up to date with the page; null while it is on its way. */
export function useSelectedRequest(id: string | null) {
  const fetcher = useFetcher<typeof loader>();
  const { load, data } = fetcher;
  useEffect(() => {
    if (id === null) return undefined;
    const timer = setTimeout(() => load(requestPath(id)), PASSING_BY);
    return () => clearTimeout(timer);
  }, [id, load]);
  return data !== undefined && data.line.id === id ? data : null;
}
