import { z } from 'zod';
import { conflict, invalid, unavailable } from '#app/domain/requests/errors.ts';
import type { RequestRefusal } from '#app/domain/requests/errors.ts';
import { requestPath } from '#app/pages/shared/paths.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { resolveManualReview } from '#app/services/operations/manual-review/resolve-manual-review.ts';
import type { ReviewResult } from '#app/services/operations/manual-review/resolve-manual-review.ts';
import { postOnlyOf } from '#app/web/post-only.ts';
import { refuseRequest } from '#app/web/refuse-request.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

const params = z.object({ id: recordId });

export const loader = postOnlyOf('requests.view', requestPath);

const refusalOf = (result: Exclude<ReviewResult, { kind: 'done' }>): RequestRefusal =>
  (result.kind === 'changed' ? conflict(result.why) : invalid({ answer: result.why })).refusal;

/** A person's answer to an outcome that nobody knew. It is looked up once more; no money moves by it. */
export const action = guarded(
  'requests.review',
  {
    audit: 'change',
    params,
    form: z.object({
      operation: recordId,
      version: z.coerce.number().int(),
      answer: z.enum(['happened', 'did_not_happen']),
      externalId: z.string().trim().max(255).default(''),
      /** Ids of refunds that were looked at and are others, a line each. */
      others: z.string().max(20_000).default(''),
      reason: z
        .string()
        .trim()
        .min(1, { error: 'say what you have found out' })
        .max(LONGEST_REASON),
    }),
  },
  async ({ form, app }) => {
    if (app.money === null) return refuseRequest(unavailable('Stripe is not configured.').refusal);
    const { operation: operationId, version, reason, answer: kind, externalId } = form;
    const others = form.others.split('\n').filter((id) => id !== '');
    const answer = kind === 'happened' ? { kind, externalId } : { kind, others };
    const person = { actor: app.actor, ticket: app.ticket };
    const review = { operationId, version, reason, answer };
    const result = await resolveManualReview({ ...app.money, ...person }, review);
    return result.kind === 'done'
      ? { done: { answer: kind, repeated: result.repeated ?? false } }
      : refuseRequest(refusalOf(result));
  },
);
