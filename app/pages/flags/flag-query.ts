import { z } from 'zod';
import { FLAG_STATES } from '#app/domain/flags/flag.ts';
import { RULE_IDS, SEVERITIES } from '#app/domain/rules/rule.ts';
import { filterQuery, withQuery } from '#app/pages/filters/filter-query.ts';
import type { Severity } from '#app/domain/rules/rule.ts';
import type { FlagCursor } from '#app/services/load-flag-lines.ts';

const CURSOR = /^(?<severity>[a-z]+)~(?<key>-?\d{1,16})~(?<id>[\w-]{1,64})$/;

const isSeverity = (text: string | undefined): text is Severity =>
  SEVERITIES.some((severity) => severity === text);

function readCursor(text: string): FlagCursor | null {
  const { severity, key, id } = CURSOR.exec(text)?.groups ?? {};
  if (!isSeverity(severity) || id === undefined) return null;
  return Number.isSafeInteger(Number(key)) ? { severity, key: Number(key), id } : null;
}

/** The queue's place as it stands in an address. */
export const writeCursor = ({ severity, key, id }: FlagCursor): string =>
  `${severity}~${key}~${id}`;

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

const FILTERS = ['state', 'rule', 'severity', 'assignee', 'sort'] as const;
export type FilterName = (typeof FILTERS)[number];

/** The address of the queue with some filters changed; the place is given up. */
export const queuePath = (
  current: URLSearchParams,
  change: Partial<Record<FilterName, string | null>>,
): string => withQuery('/', filterQuery(FILTERS, current, change));
