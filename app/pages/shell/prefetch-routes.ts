import { useEffect } from 'react';

/** The pages between which people go to and fro all day, by the router's names. */
const DAILY = [
  'pages/flags/flags.page',
  'pages/customer/customer.page',
  'pages/requests/queue/requests.page',
] as const;
/** Milliseconds: first the page that was asked for, and what the person does on it. */
const AFTER = 10_000;

/**
 * Fetches the scripts of the daily pages, not their facts, once a page has stood for a while: going
 * there is quicker, and a page without its script makes the router load the whole window anew, which
 * takes away what is typed where there is no connection.
 */
const fetchScripts = (): void => {
  // The framework's own name for the list of its pages' scripts.
  // oxlint-disable-next-line no-underscore-dangle
  const { routes } = window.__remixManifest;
  const files = DAILY.flatMap((id) => {
    const route = routes[id];
    return route === undefined ? [] : [route.module, ...(route.imports ?? [])];
  });
  for (const file of new Set(files)) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = file;
    document.head.append(link);
  }
};

/** Once in the life of a window. */
export const usePrefetchRoutes = (): void =>
  useEffect(() => {
    const timer = setTimeout(fetchScripts, AFTER);
    return () => clearTimeout(timer);
  }, []);
