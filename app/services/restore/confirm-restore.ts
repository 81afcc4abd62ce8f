import { toIso } from '#app/lib/instant.ts';
import { conflict, signInAgain } from '#app/domain/requests/errors.ts';
import type { Refused, RequestRefusal } from '#app/domain/requests/errors.ts';
import type { Deps, StaffRemedyDeps } from '#app/services/deps.ts';
import { requiresReauth } from '#app/services/requests/approvals/record-approval.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import {
  confirmRestorations,
  latestRestoration,
  ledgerThrough,
} from '#db/queries/deployment/restorations.ts';
import type { Read } from '#db/store.ts';

/** Who lets sending go on: a member of staff, or a user of the machine. */
export interface Confirming {
  id: string;
  actorId: string | null;
  by: string;
  note: string;
  /** What was given since the backup is in the book, or was looked up by a person. */
  ledgerChecked: boolean;
  /** Whether there is a Stripe to compare with. */
  canCompare: boolean;
  requestId?: string;
}
export type Confirmed = { kind: 'confirmed' } | { kind: 'refused'; refusal: RequestRefusal };

const no = ({ refusal }: Refused): Confirmed => ({ kind: 'refused', refusal });
const refused = (why: string): Confirmed => no(conflict(why));

/** Says that credits given since the backup may not be seen here; null: the ledger is loaded to past it. */
export const describeLedgerAge = async (read: Read, restoredAt: number): Promise<string | null> => {
  const through = await ledgerThrough(read);
  if (through !== null && through >= restoredAt) return null;
  const until = through === null ? 'nothing says until when' : `only until ${toIso(through)}`;
  return `The ledger is known ${until}: credits that were given after the backup may be missing here, and could be given again. Load the product’s ledger first, or look them up.`;
};

/** Lets sending go on after a restore. In a browser it takes somebody who has signed in not long ago. */
export const confirmRestore = async (
  deps: Deps & Pick<StaffRemedyDeps, 'session'>,
  { id, actorId, by, note, ledgerChecked, canCompare, requestId }: Confirming,
): Promise<Confirmed> => {
  if (note.trim() === '') return refused('Say what you checked.');
  return deps.store.write(async (tx) => {
    const latest = await latestRestoration(tx);
    if (latest === null || latest.id !== id || latest.confirmedAt !== null)
      return refused('There is no restore to confirm. Reload.');
    if (canCompare && latest.comparedAt === null)
      return refused('Stripe and the product are not reconciled yet. Wait for it.');
    const age = await describeLedgerAge(tx, latest.at);
    if (age !== null && !ledgerChecked) return refused(age);
    if (requiresReauth(deps)) return no(signInAgain());
    const at = deps.now();
    await confirmRestorations(tx, { confirmedAt: at, confirmedBy: by, note: note.trim() });
    await appendAudit(tx, {
      ...{ id: deps.newId('aud'), at, kind: 'database.restore_confirmed', actorId },
      ...{ subject: `restore:${id}`, requestId: requestId ?? null },
      detail: { by, reason: note.trim(), ledgerChecked, forgotten: latest.forgotten.length },
    });
    return { kind: 'confirmed' };
  });
};
