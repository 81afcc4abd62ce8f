import { z } from 'zod';
import { decisionFields, readChoice } from '#app/pages/flags/decision-form.ts';
import { recordId } from '#app/web/fields.ts';
import { guarded } from '#app/web/guarded.ts';
import { notFound, refuse } from '#app/web/http.ts';
import { decideFlags } from '#app/services/flags/decide-flags.ts';
import { postOnly } from '#app/web/post-only.ts';

export const loader = postOnly('flags.view', '/');

/** One decision on one flag. What a role may do with which flag, the service says. */
export const action = guarded(
  'flags.dismiss-low',
  {
    audit: 'change',
    params: z.object({ id: recordId }),
    form: z.object({ ...decisionFields, version: z.coerce.number().int() }),
  },
  async ({ params, form, app }) => {
    const choice = readChoice(form);
    if ('refusal' in choice) return refuse(422, choice);
    const flag = { flagId: params.id, version: form.version };
    const outcomes = await decideFlags(app, [flag], choice);
    const refused = outcomes[0]?.refused ?? null;
    if (refused === 'not_found') throw notFound();
    if (refused === null) return { outcomes };
    return refuse(refused === 'not_yours' ? 403 : 409, { outcomes });
  },
);
