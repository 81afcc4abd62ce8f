import { z } from 'zod';
import { LONGEST_REASON } from '#app/domain/remedies/remedy-draft.ts';
import { statusOf } from '#app/domain/requests/errors.ts';
import { requestPath } from '#app/pages/shared/paths.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { refuse, seeOther } from '#app/web/http.ts';
import { withdrawRequest } from '#app/services/requests/lifecycle/withdraw-request.ts';

const params = z.object({ id: recordId });

/** Only for posting to: somebody who comes by address is led to the request. */
export const loader = guarded('requests.view', { audit: 'none', params }, async (given) => {
  throw seeOther(requestPath(given.params.id));
});

/** Takes one's own request back, until it is being sent. */
export const action = guarded(
  'requests.ask',
  {
    audit: 'change',
    params,
    form: z.object({ reason: z.string().max(LONGEST_REASON) }),
  },
  async ({ params: { id: requestId }, form: { reason }, app }) => {
    const answer = await withdrawRequest(app, { requestId, reason });
    if (!answer.ok) return refuse(statusOf(answer.refusal), { refused: answer.refusal });
    return { done: { state: answer.request.state, repeated: answer.repeated ?? false } };
  },
);
