import { z } from 'zod';
import { pastInstant } from '#app/pages/customer/customer-query.ts';
import { instantText, recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { loadRecord } from '#app/services/customers/record/load-record.ts';

/** One record of a customer with all its fields, and what belongs to it in the other regions. */
export const loader = guarded(
  'customers.view',
  {
    audit: 'view-customer-rows',
    params: z.object({ id: recordId }),
    query: z.object({
      ref: z.string().min(3).max(600),
      asOf: instantText.optional(),
      whole: z.literal('1', { error: 'expected 1' }).optional(),
    }),
  },
  async ({ params, query, app }) => ({
    sheet: await loadRecord(app, {
      customerId: params.id,
      ref: query.ref,
      asOf: pastInstant(query.asOf, app.now()),
      whole: query.whole !== undefined,
    }),
  }),
);
