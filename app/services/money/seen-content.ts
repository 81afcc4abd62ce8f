import { contentDifferences } from '#app/domain/requests/content-differences.ts';
import { hashRequest } from '#app/services/money/hash-request.ts';
import { eventsOfRequest } from '#db/queries/requests.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import type { Read } from '#db/store.ts';

/** Whether a request's hash is still that of its content: nobody has changed the row by another way. */
export const isIntact = (request: StoredRequest): boolean =>
  hashRequest(request) === request.contentHash;

/**
 * What is different between what somebody saw, told by its hash, and the request as it is now. Where
 * no revision of this request had that hash, it was another request that was seen.
 */
export async function differencesFrom(
  read: Read,
  request: StoredRequest,
  seenHash: string,
): Promise<string[]> {
  const events = await eventsOfRequest(read, request.id);
  const seen = events.find(({ contentHash }) => contentHash === seenHash);
  if (!seen?.content) return ['What was shown to you was not this request.'];
  const differences = contentDifferences(seen.content, request.content);
  if (seen.revision === request.revision) return differences;
  return [`Revision: ${request.revision} instead of ${seen.revision}.`, ...differences];
}
