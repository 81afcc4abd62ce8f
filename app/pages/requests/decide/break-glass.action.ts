import { z } from 'zod';
import { MINUTE } from '#app/lib/instant.ts';
import { LONGEST_REASON } from '#app/domain/remedies/remedy-draft.ts';
import { statusOf } from '#app/domain/requests/errors.ts';
import { requestPath } from '#app/pages/shared/paths.ts';
import { shownHash, seenText } from '#app/pages/requests/decide/shown-fields.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { refuse, seeOther } from '#app/web/http.ts';
import { remedyDeps } from '#app/web/remedy-deps.ts';
import { breakGlass } from '#app/services/requests/approvals/break-glass.ts';

const params = z.object({ id: recordId });

/** Only for posting to: somebody who comes by address is led to the request. */
export const loader = guarded('requests.view', { audit: 'none', params }, async (given) => {
  throw seeOther(requestPath(given.params.id));
});

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
    if (!answer.ok) return refuse(statusOf(answer.refusal), { refused: answer.refusal });
    return { done: { state: answer.request.state, repeated: answer.repeated } };
  },
);
