import { createHash } from 'node:crypto';
import { canonicalRequest } from '#app/domain/requests/canonical.ts';
import type { RemedyRequest } from '#app/domain/requests/request.ts';

/** SHA-256, hex, of all that a decision is bound to. */
export const hashRequest = ({
  id,
  revision,
  content,
}: Pick<RemedyRequest, 'id' | 'revision' | 'content'>): string =>
  createHash('sha256')
    .update(canonicalRequest(id, revision, content))
    .digest('hex');
