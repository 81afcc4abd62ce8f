import { z } from 'zod';
import { statusOf } from '#app/domain/requests/errors.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { refuse, seeOther } from '#app/web/http.ts';
import { endDelegation } from '#app/services/requests/approvals/delegations.ts';

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
