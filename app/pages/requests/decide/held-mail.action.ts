import { z } from 'zod';
import { requestPath } from '#app/pages/shared/paths.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { resolveHeldMail } from '#app/services/mail/delivery/resolve-held-mail.ts';
import { postOnlyOf } from '#app/web/post-only.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

const params = z.object({ id: recordId });

export const loader = postOnlyOf('requests.view', requestPath);

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
    if (!result.ok) return refuseRequest(result.refusal);
    return { done: { answer } };
  },
);
