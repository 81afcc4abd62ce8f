import { z } from 'zod';
import { MINUTE } from '#app/lib/instant.ts';
import { requestPath } from '#app/pages/shared/paths.ts';
import { seenText, shownHash } from '#app/pages/requests/decide/shown-fields.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { remedyDeps } from '#app/web/remedy-deps.ts';
import { decideRequest } from '#app/services/requests/approvals/decide-request.ts';
import { postOnlyOf } from '#app/web/post-only.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

const params = z.object({ id: recordId });

export const loader = postOnlyOf('requests.view', requestPath);

/**
 * A person's decision on a request as it was shown to them. Anybody who sees requests may try: who may
 * decide which one depends on the request, so the service says it, and what it refuses is audited.
 */
export const action = guarded(
  'requests.view',
  {
    audit: 'change',
    params,
    form: z.object({
      verdict: z.enum(['approve', 'reject', 'send_back']),
      hash: shownHash,
      reason: z.string().max(LONGEST_REASON).default(''),
      seen: seenText.optional(),
    }),
    rate: { times: 600, within: MINUTE },
  },
  async ({ params: { id: requestId }, form, app }) => {
    const { verdict, hash, reason, seen = null } = form;
    const deciding = { requestId, verdict, hash, reason, seen };
    const answer = await decideRequest(remedyDeps(app), deciding);
    if (!answer.ok) return refuseRequest(answer.refusal);
    return { done: { verdict, state: answer.request.state, repeated: answer.repeated } };
  },
);
