import { z } from 'zod';
import { instantText } from '#app/web/fields.ts';
import type { FlagChoice } from '#app/services/flags/decide-flags.ts';
import { LONGEST_REASON } from '#app/domain/reason.ts';

/** The fields of a decision, whichever it is: forms are strict, so all of them stand here. */
export const decisionFields = {
  intent: z.enum(['dismiss', 'snooze', 'assign']),
  reason: z
    .string()
    .trim()
    .min(3, { error: 'say why, in a few words' })
    .max(LONGEST_REASON, { error: `at most ${LONGEST_REASON} characters` })
    .optional(),
  until: instantText.optional(),
  assignee: z.string().max(64).optional(),
};

interface Decision {
  intent: 'dismiss' | 'snooze' | 'assign';
  reason?: string | undefined;
  until?: number | undefined;
  assignee?: string | undefined;
}

/** The decision with what it needs, or a message for the field that is missing. */
export function readChoice({
  intent,
  reason,
  until,
  assignee,
}: Decision): FlagChoice | { refusal: 'invalid_form'; fields: Record<string, string> } {
  if (intent === 'assign') {
    return assignee === undefined
      ? missing('assignee', 'choose somebody, or nobody')
      : { intent, assigneeId: assignee === '' ? null : assignee };
  }
  if (reason === undefined) return missing('reason', 'say why, in a few words');
  if (intent === 'dismiss') return { intent, reason };
  return until === undefined ? missing('until', 'choose until when') : { intent, reason, until };
}

const missing = (field: string, says: string) => ({
  refusal: 'invalid_form' as const,
  fields: { [field]: says },
});
