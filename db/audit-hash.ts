import { createHash } from 'node:crypto';
import { canonicalEvent, canonicalFacts } from '#app/domain/audit/chain.ts';
import type { AuditEvent, CustomerFacts } from '#app/domain/audit/chain.ts';

/** SHA-256 over the hash before and the row's canonical text, hex. */
export const hashOf = (prevHash: string, event: AuditEvent): string =>
  createHash('sha256').update(prevHash).update(canonicalEvent(event)).digest('hex');

/**
 * What stands in a row for the facts of its customer, hex. Whoever does not have the salt can neither read
 * them from it nor try out what they were.
 */
export const sealOf = (salt: string, facts: CustomerFacts): string =>
  createHash('sha256').update(salt).update(canonicalFacts(facts)).digest('hex');
