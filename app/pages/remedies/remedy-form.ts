import { z } from 'zod';
import { remedyDraftSchema } from '#app/domain/remedies/remedy-draft-schema.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import { invalid } from '#app/domain/requests/errors.ts';
import type { Refused } from '#app/domain/requests/errors.ts';
import { formKey } from '#app/web/fields.ts';

const text = z.string().max(600).optional();

/** Every field that a remedy form may have; which of them belong together `askedSchema` says. */
export const remedyFields = z.object({
  kind: text,
  reason: z.string().max(2_000).optional(),
  evidence: z.array(z.string().max(300)).max(60).default([]),
  flagId: text,
  paymentId: text,
  amount: text,
  currency: text,
  ground: text,
  creditChoice: text,
  credits: text,
  cause: text,
  generationId: text,
  hold: text,
  /** Why it is wanted a second time, and after which request; only both together. */
  again: z.string().max(2_000).optional(),
  after: text,
});

/** The same when it is sent to be done: once for each form that was opened. */
export const createRequestFields = remedyFields.extend({ key: formKey });

/** What is asked for, or which field does not fit. */
export function readDraftFields(
  customerId: string,
  fields: z.output<typeof remedyFields>,
): { ok: true; asked: RemedyDraft } | Refused {
  const { again = '', after = '', ...others } = fields;
  const given = Object.entries(others).filter(([, value]) => value !== undefined);
  const second = again.trim() === '' ? {} : { again: { after, because: again } };
  const read = remedyDraftSchema.safeParse({ ...Object.fromEntries(given), ...second, customerId });
  if (read.success) return { ok: true, asked: read.data };
  const faults: Record<string, string> = {};
  for (const { path, message } of read.error.issues) {
    faults[String(path[0] ?? 'form')] ??= `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  }
  return invalid(faults);
}
