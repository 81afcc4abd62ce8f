import { z } from 'zod';
import { MINUTE } from '#app/lib/instant.ts';
import { changeOf, editFields } from '#app/pages/requests/decide/edit-fields.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { remedyDeps } from '#app/web/remedy-deps.ts';
import { recordViewOrRefuse } from '#app/web/record-view.ts';
import { previewEdit } from '#app/services/requests/lifecycle/preview-request.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';

/** What would happen if a request were changed like this now. Posted, since reasons and amounts are nobody's address. */
export const action = guarded(
  'requests.ask',
  {
    audit: 'view-named',
    params: z.object({ id: recordId }),
    form: z.object(editFields),
    rate: { times: 240, within: MINUTE },
  },
  async ({ params: { id: requestId }, form, app }) => {
    const answer = await previewEdit(remedyDeps(app), { requestId, change: changeOf(form) });
    if (!answer.ok) return refuseRequest(answer.refusal);
    await recordViewOrRefuse(app, answer.customerId);
    return { preview: answer.preview };
  },
);
