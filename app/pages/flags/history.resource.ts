import { z } from 'zod';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { notFound } from '#app/web/http.ts';
import { loadFlagHistory } from '#app/services/flags/load-flag-history.ts';

/** What happened to a flag, for whoever looks at it closely. */
export const loader = guarded(
  'flags.view',
  { audit: 'none', params: z.object({ id: recordId }) },
  async ({ params, app }) => {
    const history = await loadFlagHistory(app, params.id);
    if (history === null) throw notFound();
    return history;
  },
);
