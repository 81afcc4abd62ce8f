import { z } from 'zod';
import { statusOf } from '#app/domain/requests/refusal.ts';
import { customerPath } from '#app/pages/customer-path.ts';
import { askFields, readAsked } from '#app/pages/remedies/remedy-form.ts';
import { recordId } from '#app/platform/fields.ts';
import { guarded } from '#app/platform/guarded.ts';
import { refuse, seeOther } from '#app/platform/http.ts';
import { staffMoney } from '#app/platform/staff-money.ts';
import { requestRemedy } from '#app/services/money/request-remedy.ts';

const params = z.object({ id: recordId });

/** Only for posting to: somebody who comes by address is led to the customer. */
export const loader = guarded('requests.view', { audit: 'none', params }, async (given) => {
  throw seeOther(customerPath(given.params.id));
});

/** Asks for a remedy for this customer. */
export const action = guarded(
  'requests.ask',
  { audit: 'change', params, form: askFields, rate: { times: 60, within: 3_600_000 } },
  async ({ params: { id }, form: { key, ...form }, app }) => {
    const read = readAsked(id, form);
    if (!read.ok) return refuse(statusOf(read.refusal), { refused: read.refusal });
    const answer = await requestRemedy(staffMoney(app), read.asked, key);
    if (!answer.ok) return refuse(statusOf(answer.refusal), { refused: answer.refusal });
    const { id: requestId, state, verdict } = answer.request;
    return { asked: { requestId, state, verdict, repeated: answer.repeated ?? false } };
  },
);
