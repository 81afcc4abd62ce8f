import type { CustomerMail } from '#app/domain/mail/customer-mail.ts';
import type { Deps, TransitionActor } from '#app/services/deps.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import type { Tx } from '#db/store.ts';
type Ends = Pick<CustomerMail, 'sentAt' | 'heldAt' | 'closedAt' | 'releasedAt'>;

/** What has become of a letter, as the audit log names it; null: nothing that it keeps. */
function kindOf(before: Ends, after: Ends): string | null {
  if (after.sentAt !== null) return 'mail.sent';
  if (after.closedAt !== null) return 'mail.closed';
  if (after.releasedAt !== before.releasedAt) return 'mail.released';
  return before.heldAt === null && after.heldAt !== null ? 'mail.held' : null;
}

/** The row of the audit log that an end of a letter leaves, or its turn to a person. */
export const auditMail = async (
  { now, newId }: Pick<Deps, 'now' | 'newId'>,
  tx: Tx,
  before: CustomerMail,
  after: CustomerMail,
  by?: TransitionActor & { reason: string | null },
): Promise<void> => {
  const kind = kindOf(before, after);
  if (kind === null) return;
  const own = kind === 'mail.held' ? after.heldReason : after.closedReason;
  await appendAudit(tx, {
    ...{ id: newId('aud'), at: now(), kind, customerId: after.customerId },
    ...{
      actorId: by?.actorId ?? null,
      ticket: by?.ticket ?? null,
      requestId: by?.requestId ?? null,
    },
    subject: `request:${after.requestId}`,
    detail: { mail: after.id, about: after.kind, reason: by ? by.reason : own },
  });
};
