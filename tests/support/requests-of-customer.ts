import { desc, eq } from 'drizzle-orm';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { request } from '#db/schema/requests.ts';
import type { Read } from '#db/store.ts';

/** All requests of a customer, latest first. */
export const requestsOfCustomer = async (
  read: Read,
  customerId: string,
): Promise<StoredRequest[]> =>
  read
    .select()
    .from(request)
    .where(eq(request.customerId, customerId))
    .orderBy(desc(request.requestedAt), desc(request.id));
