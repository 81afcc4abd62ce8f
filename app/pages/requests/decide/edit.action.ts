import { z } from 'zod';
import { requestPath } from '#app/pages/shared/paths.ts';
import { changeOf, editFields } from '#app/pages/requests/decide/edit-fields.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { remedyDeps } from '#app/web/remedy-deps.ts';
import { editRequest } from '#app/services/requests/lifecycle/edit-request.ts';
import { postOnlyOf } from '#app/web/post-only.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';

const params = z.object({ id: recordId });

export const loader = postOnlyOf('requests.view', requestPath);

/** Changes what was asked for, until it is being sent: approvals so far count no more. */
export const action = guarded(
  'requests.ask',
  {
    audit: 'change',
    params,
    form: z.object({
      version: z.coerce.number().int(),
      ...editFields,
    }),
  },
  async ({ params: { id: requestId }, form, app }) => {
    const { version, ...given } = form;
    const change = changeOf(given);
    const answer = await editRequest(remedyDeps(app), { requestId, version, change });
    if (!answer.ok) return refuseRequest(answer.refusal);
    return { done: { state: answer.request.state, repeated: answer.repeated ?? false } };
  },
);
