import { z } from 'zod';
import { LONGEST_REASON } from '#app/domain/remedies/remedy-draft.ts';
import { statusOf } from '#app/domain/requests/errors.ts';
import { requestPath } from '#app/pages/shared/paths.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { refuse, seeOther } from '#app/web/http.ts';
import { resolveHeldMail } from '#app/services/mail/delivery/resolve-held-mail.ts';

const params = z.object({ id: recordId });

/** Only for posting to: somebody who comes by address is led to the request. */
export const loader = guarded('requests.view', { audit: 'none', params }, async (given) => {
  throw seeOther(requestPath(given.params.id));
});

/** A person's word on a letter that does not leave by itself: it is sent as it is true now, or closed. */
export const action = guarded(
  'requests.letters',
  {
    audit: 'change',
    params,
    form: z.object({
      mail: recordId,
      heldAt: z.coerce.number().int(),
      answer: z.enum(['send', 'close'], { error: 'expected send or close' }),
      reason: z.string().max(LONGEST_REASON).default(''),
    }),
  },
  async ({ params: { id: requestId }, form, app }) => {
    const { mail: mailId, heldAt, answer, reason } = form;
    const result = await resolveHeldMail(app, { requestId, mailId, heldAt, answer, reason });
    if (!result.ok) return refuse(statusOf(result.refusal), { refused: result.refusal });
    return { done: { answer } };
  },
);
