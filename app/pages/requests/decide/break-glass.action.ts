import { z } from 'zod';
import { MINUTE } from '#app/lib/instant.ts';
import { requestPath } from '#app/pages/shared/paths.ts';
import { shownHash, seenText } from '#app/pages/requests/decide/shown-fields.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { remedyDeps } from '#app/web/remedy-deps.ts';
import { breakGlass } from '#app/services/requests/approvals/break-glass.ts';
import { postOnlyOf } from '#app/web/post-only.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

const params = z.object({ id: recordId });

export const loader = postOnlyOf('requests.view', requestPath);

/** Breaks the glass on a request that those who are there cannot decide: the second person's word approves it. */
export const action = guarded(
  'requests.break-glass',
  {
    audit: 'change',
    params,
    form: z.object({
      hash: shownHash,
      reason: z.string().max(LONGEST_REASON),
      seen: seenText.optional(),
    }),
    rate: { times: 60, within: MINUTE },
  },
  async ({ params: { id: requestId }, form: { seen = null, ...shown }, app }) => {
    const answer = await breakGlass(remedyDeps(app), { requestId, seen, ...shown });
    if (!answer.ok) return refuseRequest(answer.refusal);
    return { done: { state: answer.request.state, repeated: answer.repeated } };
  },
);
