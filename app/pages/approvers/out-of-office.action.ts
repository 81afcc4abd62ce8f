import { z } from 'zod';
import { statusOf } from '#app/domain/requests/errors.ts';
import { instantText } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { refuse, seeOther } from '#app/web/http.ts';
import { setOutOfOffice } from '#app/services/requests/approvals/out-of-office.ts';

/** Only for posting to: somebody who comes by address is led to the page. */
export const loader = guarded('requests.view', { audit: 'none' }, async () => {
  throw seeOther('/requests/people');
});

/** Notes that one is on leave, or back. */
export const action = guarded(
  'requests.ask',
  {
    audit: 'change',
    form: z.object({ until: z.union([z.literal('back'), instantText]) }),
  },
  async ({ form: { until }, app }) => {
    const answer = await setOutOfOffice(app, until === 'back' ? null : until);
    if (!answer.ok) return refuse(statusOf(answer.refusal), { refused: answer.refusal });
    return { done: { until, repeated: answer.repeated } };
  },
);
