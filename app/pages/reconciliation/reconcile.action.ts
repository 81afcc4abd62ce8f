import { z } from 'zod';
import { statusOf, conflict } from '#app/domain/requests/errors.ts';
import { formKey } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { refuse, seeOther } from '#app/web/http.ts';
import { enqueueReconciliation } from '#app/services/reconciliation/enqueue-reconciliation.ts';

/** Only for posting to: somebody who comes by address is led to the page. */
export const loader = guarded('drift.view', { audit: 'none' }, async () => {
  throw seeOther('/requests/drift');
});

/** Has the book compared with Stripe now. Only looks: nothing is repaired. */
export const action = guarded(
  'drift.compare',
  { audit: 'change', form: z.object({ key: formKey }) },
  async ({ form, app }) => {
    if (app.money === null) {
      const { refusal } = conflict('The settings name no Stripe to compare with.');
      return refuse(statusOf(refusal), { refused: refusal });
    }
    const { check, isNew } = await enqueueReconciliation(app, form.key);
    return { done: { id: check.id, repeated: !isNew } };
  },
);
