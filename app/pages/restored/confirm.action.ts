import { z } from 'zod';
import { LONGEST_REASON } from '#app/domain/remedies/remedy-draft.ts';
import { statusOf } from '#app/domain/requests/errors.ts';
import { guarded } from '#app/web/guarded.ts';
import { refuse, seeOther } from '#app/web/http.ts';
import { confirmRestore } from '#app/services/restore/confirm-restore.ts';

/** Only for posting to: somebody who comes by address is led to the page. */
export const loader = guarded('restore.view', { audit: 'none' }, async () => {
  throw seeOther('/restored');
});

/** Lets sending go on after a restore. */
export const action = guarded(
  'restore.confirm',
  {
    audit: 'change',
    form: z.object({
      id: z.string().min(1).max(60),
      note: z.string().trim().min(1).max(LONGEST_REASON),
      ledgerChecked: z.literal('yes').optional(),
    }),
  },
  async ({ form: { id, note, ledgerChecked }, app }) => {
    const answer = await confirmRestore(app, {
      ...{ id, note, actorId: app.actor.staffId, by: app.actor.name },
      ...{ ledgerChecked: ledgerChecked === 'yes', canCompare: app.money !== null },
      requestId: app.requestId,
    });
    if (answer.kind === 'confirmed') return { done: {} };
    return refuse(statusOf(answer.refusal), { refused: answer.refusal });
  },
);
