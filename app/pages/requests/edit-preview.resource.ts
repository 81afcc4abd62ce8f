import { z } from 'zod';
import { MINUTE } from '#app/domain/instant.ts';
import { statusOf } from '#app/domain/requests/refusal.ts';
import { changeOf, editFields } from '#app/pages/requests/edit-fields.ts';
import { recordId } from '#app/platform/fields.ts';
import { guarded } from '#app/platform/guarded.ts';
import { refuse } from '#app/platform/http.ts';
import { staffMoney } from '#app/platform/staff-money.ts';
import { viewed } from '#app/platform/viewed.ts';
import { previewEdit } from '#app/services/money/preview-edit.ts';

/** What would happen if a request were changed like this now. Posted, since reasons and amounts are nobody's address. */
export const action = guarded(
  'requests.ask',
  {
    audit: 'view-named',
    params: z.object({ id: recordId }),
    form: z.object(editFields),
    rate: { times: 240, within: MINUTE },
  },
  async ({ params: { id: requestId }, form, app }) => {
    const answer = await previewEdit(staffMoney(app), { requestId, change: changeOf(form) });
    if (!answer.ok) return refuse(statusOf(answer.refusal), { refused: answer.refusal });
    await viewed(app, answer.customerId);
    return { preview: answer.preview };
  },
);
