import { filterQuery, withQuery } from '#app/pages/shared/filter-query.ts';
import type { SettledCursor } from '#app/services/requests/views/load-request-queue.ts';

/** The place in the list of settled requests as it stands in an address. */
export const writeCursor = ({ changedAt, id }: SettledCursor): string => `${changedAt}~${id}`;

const FILTERS = ['kind', 'state', 'mine'] as const;
export type RequestFilterName = (typeof FILTERS)[number];

/** The address of the queue with some filters changed. */
export const requestsPath = (
  current: URLSearchParams,
  change: Partial<Record<RequestFilterName, string | null>>,
): string => withQuery('/requests', filterQuery(FILTERS, current, change));
