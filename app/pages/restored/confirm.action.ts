import { z } from 'zod';
import { guarded } from '#app/web/guarded.ts';
import { confirmRestore } from '#app/services/restore/confirm-restore.ts';
import { postOnly } from '#app/web/post-only.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

export const loader = postOnly('restore.view', '/restored');

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
    return refuseRequest(answer.refusal);
  },
);
