import { z } from 'zod';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { loadClosedFlags } from '#app/services/flags/load-closed-flags.ts';

/** The flags of a customer that are dismissed, snoozed or closed, with what happened to each. */
export const loader = guarded(
  'customers.view',
  { audit: 'view-customer-rows', params: z.object({ id: recordId }) },
  async ({ params, app }) => ({ flags: await loadClosedFlags(app, params.id) }),
);
