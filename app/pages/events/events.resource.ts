import { z } from 'zod';
import { eventStream } from '#app/web/event-stream.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';

/** Tells an open page that flags or requests have changed, or the customer it shows. Carries no facts of its own. */
export const loader = guarded(
  'session.own',
  { audit: 'none', query: z.object({ customer: recordId.optional() }) },
  async ({ app, query, request }) => eventStream(app, query.customer ?? null, request.signal),
);
