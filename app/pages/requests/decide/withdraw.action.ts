import { z } from 'zod';
import { requestPath } from '#app/pages/shared/paths.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { withdrawRequest } from '#app/services/requests/lifecycle/withdraw-request.ts';
import { postOnlyOf } from '#app/web/post-only.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

const params = z.object({ id: recordId });

export const loader = postOnlyOf('requests.view', requestPath);

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
    if (!answer.ok) return refuseRequest(answer.refusal);
    return { done: { state: answer.request.state, repeated: answer.repeated ?? false } };
  },
);
