import { z } from 'zod';
import { statusOf } from '#app/domain/requests/refusal.ts';
import { readAsked, remedyFields } from '#app/pages/remedies/remedy-form.ts';
import { recordId } from '#app/platform/fields.ts';
import { guarded } from '#app/platform/guarded.ts';
import { refuse } from '#app/platform/http.ts';
import { staffMoney } from '#app/platform/staff-money.ts';
import { previewForPerson } from '#app/services/money/preview-for-person.ts';

/** What would happen if a remedy were asked for now. Posted, since reasons and amounts are nobody's address. */
export const action = guarded(
  'requests.ask',
  {
    audit: 'view-customer-rows',
    params: z.object({ id: recordId }),
    form: remedyFields,
    rate: { times: 240, within: 60_000 },
  },
  async ({ params, form, app }) => {
    const read = readAsked(params.id, form);
    if (!read.ok) return refuse(statusOf(read.refusal), { refused: read.refusal });
    return { preview: await previewForPerson(staffMoney(app), read.asked) };
  },
);
