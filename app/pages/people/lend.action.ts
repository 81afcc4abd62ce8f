import { z } from 'zod';
import { HOUR } from '#app/domain/instant.ts';
import { LONGEST_REASON } from '#app/domain/requests/asked.ts';
import { statusOf } from '#app/domain/requests/refusal.ts';
import { formKey, instantText, recordId } from '#app/platform/fields.ts';
import { guarded } from '#app/platform/guarded.ts';
import { refuse, seeOther } from '#app/platform/http.ts';
import { delegateDecisions } from '#app/services/money/delegate-decisions.ts';

/** Only for posting to: somebody who comes by address is led to the page. */
export const loader = guarded('requests.view', { audit: 'none' }, async () => {
  throw seeOther('/requests/people');
});

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
    const answer = await delegateDecisions(app, {
      ...lending,
      ...{ startsAt: begins, formKey: key },
    });
    if (!answer.ok) return refuse(statusOf(answer.refusal), { refused: answer.refusal });
    return { done: { id: answer.delegation.id, repeated: answer.repeated } };
  },
);
