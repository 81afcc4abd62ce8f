import { z } from 'zod';
import { recordId } from '#app/platform/fields.ts';
import { guarded } from '#app/platform/guarded.ts';
import { loadSettledFlags } from '#app/services/load-settled-flags.ts';

/** The flags of a customer that are dismissed, snoozed or closed, with what happened to each. */
export const loader = guarded(
  'customers.view',
  { audit: 'view-customer-rows', params: z.object({ id: recordId }) },
  async ({ params, app }) => ({ flags: await loadSettledFlags(app, params.id) }),
);
