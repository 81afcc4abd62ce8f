import { z } from 'zod';
import { decisionFields, readChoice } from '#app/pages/flags/decision-form.ts';
import { FLAGS_AT_ONCE } from '#app/pages/shared/flags/flag-rights.ts';
import { guarded } from '#app/web/guarded.ts';
import { refuse } from '#app/web/http.ts';
import { decideFlags } from '#app/services/flags/decide-flags.ts';
import { postOnly } from '#app/web/post-only.ts';

/** A flag and the version that the person saw. */
const seenFlag = z
  .string()
  .regex(/^[\w-]{1,64} \d{1,9}$/, { error: 'expected flags and their versions' })
  .transform((text) => {
    const [flagId = '', version] = text.split(' ');
    return { flagId, version: Number(version) };
  });

export const loader = postOnly('flags.view', '/');

/** One decision for several flags, with an outcome for each: a lead's work. */
export const action = guarded(
  'flags.assign',
  {
    audit: 'change',
    form: z.object({
      ...decisionFields,
      flag: z
        .array(seenFlag)
        .min(1)
        .max(FLAGS_AT_ONCE, { error: `at most ${FLAGS_AT_ONCE} flags at once` }),
    }),
  },
  async ({ form, app }) => {
    const choice = readChoice(form);
    if ('refusal' in choice) return refuse(422, choice);
    return { outcomes: await decideFlags(app, form.flag, choice) };
  },
);
