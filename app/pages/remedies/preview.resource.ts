import { z } from 'zod';
import { readDraftFields, remedyFields } from '#app/pages/remedies/remedy-form.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { remedyDeps } from '#app/web/remedy-deps.ts';
import { previewForActor } from '#app/services/requests/lifecycle/preview-request.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';

/** What would happen if a remedy were asked for now. Posted, since reasons and amounts are nobody's address. */
export const action = guarded(
  'requests.ask',
  {
    audit: 'view-customer-rows',
    params: z.object({ id: recordId }),
    form: remedyFields,
    rate: { times: 240, within: 60_000 },
  },
  async ({ params, form, app }) => {
    const read = readDraftFields(params.id, form);
    if (!read.ok) return refuseRequest(read.refusal);
    return { preview: await previewForActor(remedyDeps(app), read.asked) };
  },
);
