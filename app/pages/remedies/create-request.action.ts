import { z } from 'zod';
import { customerPath } from '#app/pages/shared/paths.ts';
import { createRequestFields, readDraftFields } from '#app/pages/remedies/remedy-form.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { remedyDeps } from '#app/web/remedy-deps.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';
import { postOnlyOf } from '#app/web/post-only.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';

const params = z.object({ id: recordId });

export const loader = postOnlyOf('requests.view', customerPath);

/** Asks for a remedy for this customer. */
export const action = guarded(
  'requests.ask',
  { audit: 'change', params, form: createRequestFields, rate: { times: 60, within: 3_600_000 } },
  async ({ params: { id }, form: { key, ...form }, app }) => {
    const read = readDraftFields(id, form);
    if (!read.ok) return refuseRequest(read.refusal);
    const answer = await createRequest(remedyDeps(app), read.asked, key);
    if (!answer.ok) return refuseRequest(answer.refusal);
    const { id: requestId, state, verdict } = answer.request;
    return { asked: { requestId, state, verdict, repeated: answer.repeated ?? false } };
  },
);
