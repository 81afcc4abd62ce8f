import { z } from 'zod';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { endDelegation } from '#app/services/requests/approvals/delegations.ts';
import { postOnly } from '#app/web/post-only.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';

export const loader = postOnly('requests.view', '/requests/people');

/** Ends a lent right at once. Whose it is to end depends on the loan: the service says it. */
export const action = guarded(
  'requests.view',
  { audit: 'change', form: z.object({ loan: recordId }) },
  async ({ form, app }) => {
    const answer = await endDelegation(app, form.loan);
    if (!answer.ok) return refuseRequest(answer.refusal);
    return { done: { repeated: answer.repeated } };
  },
);
