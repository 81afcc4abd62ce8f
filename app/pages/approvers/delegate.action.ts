import { z } from 'zod';
import { HOUR } from '#app/lib/instant.ts';
import { formKey, instantText, recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { createDelegation } from '#app/services/requests/approvals/delegations.ts';
import { postOnly } from '#app/web/post-only.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

export const loader = postOnly('requests.view', '/requests/people');

/** Lends one's own right to decide. */
export const action = guarded(
  'requests.lend',
  {
    audit: 'change',
    form: z.object({
      delegateId: recordId,
      /** Left out: at once. */
      startsAt: instantText.optional(),
      endsAt: instantText,
      reason: z.string().trim().min(1, { error: 'say why' }).max(LONGEST_REASON),
      key: formKey,
    }),
    rate: { times: 60, within: HOUR },
  },
  async ({ form: { startsAt, key, ...lending }, app }) => {
    const now = app.now();
    const begins = Math.max(now, startsAt ?? now);
    const answer = await createDelegation(app, {
      ...lending,
      ...{ startsAt: begins, formKey: key },
    });
    if (!answer.ok) return refuseRequest(answer.refusal);
    return { done: { id: answer.delegation.id, repeated: answer.repeated } };
  },
);
