import { z } from 'zod';
import { statusOf } from '#app/domain/requests/refusal.ts';
import { recordId } from '#app/platform/fields.ts';
import { guarded } from '#app/platform/guarded.ts';
import { refuse, seeOther } from '#app/platform/http.ts';
import { endDelegation } from '#app/services/money/end-delegation.ts';

/** Only for posting to: somebody who comes by address is led to the page. */
export const loader = guarded('requests.view', { audit: 'none' }, async () => {
  throw seeOther('/requests/people');
});

/** Ends a lent right at once. Whose it is to end depends on the loan: the service says it. */
export const action = guarded(
  'requests.view',
  { audit: 'change', form: z.object({ loan: recordId }) },
  async ({ form, app }) => {
    const answer = await endDelegation(app, form.loan);
    if (!answer.ok) return refuse(statusOf(answer.refusal), { refused: answer.refusal });
    return { done: { repeated: answer.repeated } };
  },
);
