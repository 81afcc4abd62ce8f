import { contentDifferences } from '#app/domain/requests/diff-content.ts';
import { eventsOfRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import type { Read } from '#db/store.ts';
import { createHash } from 'node:crypto';
import { canonicalRequest } from '#app/domain/requests/canonical-content.ts';
import type { RemedyRequest } from '#app/domain/requests/request.ts';

/** Whether a request's hash is still that of its content: nobody has changed the row by another way. */
export const matchesHash = (request: StoredRequest): boolean =>
  hashRequest(request) === request.contentHash;

/**
 * What is different between what somebody saw, told by its hash, and the request as it is now. Where
 * no revision of this request had that hash, it was another request that was seen.
 */
export async function changesSinceShown(
  read: Read,
  request: StoredRequest,
  seenHash: string,
): Promise<string[]> {
  const events = await eventsOfRequest(read, request.id);
  const seen = events.find(({ contentHash }) => contentHash === seenHash);
  if (!seen?.content) return ['You were shown another request.'];
  const differences = contentDifferences(seen.content, request.content);
  if (seen.revision === request.revision) return differences;
  return [`Revision: ${request.revision} instead of ${seen.revision}.`, ...differences];
}

/** SHA-256, hex, of all that a decision is bound to. */
export const hashRequest = ({
  id,
  revision,
  content,
}: Pick<RemedyRequest, 'id' | 'revision' | 'content'>): string =>
  createHash('sha256')
    .update(canonicalRequest(id, revision, content))
    .digest('hex');
