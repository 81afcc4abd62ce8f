import { z } from 'zod';
import { conflict } from '#app/domain/requests/errors.ts';
import { formKey } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { enqueueReconciliation } from '#app/services/reconciliation/enqueue-reconciliation.ts';
import { postOnly } from '#app/web/post-only.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';

export const loader = postOnly('drift.view', '/requests/drift');

/** Has the book compared with Stripe now. Only looks: nothing is repaired. */
export const action = guarded(
  'drift.compare',
  { audit: 'change', form: z.object({ key: formKey }) },
  async ({ form, app }) => {
    if (app.money === null) {
      const { refusal } = conflict(
        'Stripe is not configured, so there is nothing to reconcile with.',
      );
      return refuseRequest(refusal);
    }
    const { check, isNew } = await enqueueReconciliation(app, form.key);
    return { done: { id: check.id, repeated: !isNew } };
  },
);
