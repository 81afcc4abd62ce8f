import { z } from 'zod';
import { instantText } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { setOutOfOffice } from '#app/services/requests/approvals/out-of-office.ts';
import { postOnly } from '#app/web/post-only.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';

export const loader = postOnly('requests.view', '/requests/people');

/** Notes that one is on leave, or back. */
export const action = guarded(
  'requests.ask',
  {
    audit: 'change',
    form: z.object({ until: z.union([z.literal('back'), instantText]) }),
  },
  async ({ form: { until }, app }) => {
    const answer = await setOutOfOffice(app, until === 'back' ? null : until);
    if (!answer.ok) return refuseRequest(answer.refusal);
    return { done: { until, repeated: answer.repeated } };
  },
);
