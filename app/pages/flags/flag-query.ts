import { z } from 'zod';
import { FLAG_STATES } from '#app/domain/flags/flag.ts';
import { RULE_IDS, SEVERITIES } from '#app/domain/rules/rule.ts';
import type { Severity } from '#app/domain/rules/rule.ts';
import type { FlagCursor } from '#app/services/flags/load-flag-lines.ts';

const CURSOR = /^(?<severity>[a-z]+)~(?<key>-?\d{1,16})~(?<id>[\w-]{1,64})$/;

const isSeverity = (text: string | undefined): text is Severity =>
  SEVERITIES.some((severity) => severity === text);

function readCursor(text: string): FlagCursor | null {
  const { severity, key, id } = CURSOR.exec(text)?.groups ?? {};
  if (!isSeverity(severity) || id === undefined) return null;
  return Number.isSafeInteger(Number(key)) ? { severity, key: Number(key), id } : null;
}

const cursor = z
  .string()
  .transform((text, context) => {
    const place = readCursor(text);
    if (place !== null) return place;
    context.addIssue('expected a place that a page of the queue has given');
    return z.NEVER;
  })
  .optional();

/** What the address of the queue may say. Everything is optional: the queue alone is all that is open. */
export const flagQuery = z.object({
  state: z
    .enum(FLAG_STATES, { error: `expected ${FLAG_STATES.join(', ')}` })
    .optional()
    .transform((state) => state ?? 'open'),
  rule: z.enum(RULE_IDS, { error: 'expected a rule such as missing-credits' }).optional(),
  severity: z.enum(SEVERITIES, { error: `expected ${SEVERITIES.join(', ')}` }).optional(),
  assignee: z.string().max(64, { error: 'expected me, nobody or a member of staff' }).optional(),
  sort: z
    .enum(['money', 'age'], { error: 'expected money or age' })
    .optional()
    .transform((sort) => sort ?? 'money'),
  after: cursor,
});
