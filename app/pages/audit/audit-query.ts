import { z } from 'zod';
import { DAY } from '#app/lib/instant.ts';
import { instantText, recordId } from '#app/web/fields.ts';
import type { AuditCursor } from '#app/services/audit/load-audit-lines.ts';

const CURSOR = /^(?<at>-?\d{1,16})~(?<seq>\d{1,16})$/;

const cursor = z.string().transform((text, context): AuditCursor => {
  const { at, seq } = CURSOR.exec(text)?.groups ?? {};
  const place = { at: Number(at), seq: Number(seq) };
  if (Number.isSafeInteger(place.at) && Number.isSafeInteger(place.seq)) return place;
  context.addIssue('expected a place that a page of the log has given');
  return z.NEVER;
});

/** A day as an end means all of it. */
const untilText = z
  .string()
  .transform((text) => ({ text, day: /^\d{4}-\d\d-\d\d$/.test(text) }))
  .transform(({ text, day }, context) => {
    const parsed = instantText.safeParse(text);
    if (parsed.success) return parsed.data + (day ? DAY - 1 : 0);
    context.addIssue('expected a day such as 2026-05-03, or an instant');
    return z.NEVER;
  });

/**
 * What the address of the log may say. `for` is the ticket: `?ticket=` already means the one that is being
 * worked on. No e-mail is ever part of an address.
 */
export const auditQuery = z.object({
  customer: recordId
    .refine((id) => !id.includes('@'), { error: 'expected a customer’s id, never an e-mail' })
    .optional(),
  person: z
    .string()
    .regex(/^[\w-]{1,64}$/, { error: 'expected me, nobody or a member of staff' })
    .optional(),
  kind: z
    .string()
    .regex(/^[a-z][a-z_-]*\.[a-z][a-z_-]*$/, { error: 'expected a kind such as customer.viewed' })
    .max(64, { error: 'expected a kind such as customer.viewed' })
    .optional(),
  for: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, { error: 'expected a ticket such as ZD-123' })
    .optional(),
  from: instantText.optional(),
  to: untilText.optional(),
  after: cursor.optional(),
});
