import { and, asc, desc, eq, gte, inArray, lte, or, sql } from 'drizzle-orm';
import { RESERVING_STATES } from '#app/domain/requests/request.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { request } from '#db/schema/requests.ts';
import type { Read } from '#db/select-types.ts';
import { param } from '#db/param.ts';

/** Requests of a customer that are open or have changed since an instant, asked by another, the latest first. Asked at every view. */
export const requestIdsOfCustomer = preparedQuery((read) =>
  read
    .select({ id: request.id })
    .from(request)
    .where(
      and(
        eq(request.customerId, param('customerId', request.customerId)),
        lte(request.requestedAt, param('until', request.requestedAt)),
        or(
          inArray(request.state, [...RESERVING_STATES]),
          gte(request.changedAt, param('since', request.changedAt)),
        ),
      ),
    )
    .orderBy(desc(request.requestedAt), desc(request.id))
    .limit(sql.placeholder('most')),
);

/** Oldest first. */
export const requestsByIds = async (read: Read, ids: readonly string[]): Promise<StoredRequest[]> =>
  read
    .select()
    .from(request)
    .where(inArray(request.id, [...ids]))
    .orderBy(asc(request.requestedAt), asc(request.id));
