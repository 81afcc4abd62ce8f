import { filterQuery, withQuery } from '#app/pages/shared/filter-query.ts';
import type { FlagCursor } from '#app/services/flags/load-flag-lines.ts';

/** The queue's place as it stands in an address. */
export const writeCursor = ({ severity, key, id }: FlagCursor): string =>
  `${severity}~${key}~${id}`;

const FILTERS = ['state', 'rule', 'severity', 'assignee', 'sort'] as const;
export type FilterName = (typeof FILTERS)[number];

/** The address of the queue with some filters changed; the place is given up. */
export const queuePath = (
  current: URLSearchParams,
  change: Partial<Record<FilterName, string | null>>,
): string => withQuery('/', filterQuery(FILTERS, current, change));
