import { createHash } from 'node:crypto';
import { canonicalEvent } from '#app/domain/audit/chain.ts';
import type { AuditEvent } from '#app/domain/audit/chain.ts';

/** SHA-256 over the hash before and the row's canonical text, hex. */
export const hashOf = (prevHash: string, event: AuditEvent): string =>
  createHash('sha256').update(prevHash).update(canonicalEvent(event)).digest('hex');
