import type { HeadsKept } from '#app/services/audit/audit-heads.ts';
import { erasureSubject, signErasure } from '#app/services/audit/retention-marks.ts';
import type { Deps } from '#app/services/deps.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import {
  countSealed,
  countUnsealed,
  ERASED,
  eraseAuditFacts,
} from '#db/queries/audit/audit-retention.ts';
import { deleteAuditSubject, findAuditSubject } from '#db/queries/audit/audit-subjects.ts';

export interface Erased {
  /** Rows that no longer tell of the customer. */
  rows: number;
  /** Rows from before facts were sealed, which only a purge removes. */
  left: number;
}

/**
 * Erases what the audit log says of a customer: who it was, for which ticket, with which reasons. That
 * something was done, when and by whom stays, and so does the chain. The log itself tells of the erasure,
 * by the token that has stood for the customer and now stands for nobody.
 */
export const eraseCustomer = async (
  deps: Deps,
  { secret }: Pick<HeadsKept, 'secret'>,
  { customerId, by }: { customerId: string; by: string },
): Promise<Erased> =>
  deps.store.write(async (tx) => {
    const left = await countUnsealed(tx, customerId);
    const subject = await findAuditSubject(tx, customerId);
    if (subject === null) return { rows: 0, left };
    const { token } = subject;
    const at = deps.now();
    const rows = await countSealed(tx, token);
    await appendAudit(tx, {
      ...{ id: deps.newId('aud'), at, kind: ERASED, subject: erasureSubject(token) },
      detail: { rows, by, ...signErasure(secret, at, token) },
    });
    await eraseAuditFacts(tx, token);
    await deleteAuditSubject(tx, token);
    return { rows, left };
  });
