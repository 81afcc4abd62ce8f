import { z } from 'zod';
import { statusOf } from '#app/domain/requests/errors.ts';
import { customerPath } from '#app/pages/shared/paths.ts';
import { createRequestFields, readDraftFields } from '#app/pages/remedies/remedy-form.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { refuse, seeOther } from '#app/web/http.ts';
import { remedyDeps } from '#app/web/remedy-deps.ts';
import { createRequest } from '#app/services/requests/lifecycle/create-request.ts';

const params = z.object({ id: recordId });

/** Only for posting to: somebody who comes by address is led to the customer. */
export const loader = guarded('requests.view', { audit: 'none', params }, async (given) => {
  throw seeOther(customerPath(given.params.id));
});

/** Asks for a remedy for this customer. */
export const action = guarded(
  'requests.ask',
  { audit: 'change', params, form: createRequestFields, rate: { times: 60, within: 3_600_000 } },
  async ({ params: { id }, form: { key, ...form }, app }) => {
    const read = readDraftFields(id, form);
    if (!read.ok) return refuse(statusOf(read.refusal), { refused: read.refusal });
    const answer = await createRequest(remedyDeps(app), read.asked, key);
    if (!answer.ok) return refuse(statusOf(answer.refusal), { refused: answer.refusal });
    const { id: requestId, state, verdict } = answer.request;
    return { asked: { requestId, state, verdict, repeated: answer.repeated ?? false } };
  },
);
