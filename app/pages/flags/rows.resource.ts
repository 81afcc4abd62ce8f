import { flagQuery } from '#app/pages/flags/flag-query.ts';
import { guarded } from '#app/web/guarded.ts';
import { loadFlagLines } from '#app/services/flags/load-flag-lines.ts';

/** The next rows of the queue while somebody scrolls. */
export const loader = guarded(
  'flags.view',
  { audit: 'none', query: flagQuery },
  async ({ query, app }) => loadFlagLines(app, query),
);

/** Pages that were loaded are what the list had: news come with its first page. */
export const shouldRevalidate = (): boolean => false;
