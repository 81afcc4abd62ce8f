import type { LedgerEntry } from '#app/domain/book/records.ts';
import { entryMismatch } from '#app/domain/operations/entry-identity.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { entriesOfUnknownSteps } from '#app/services/operations/ledger-entry-result.ts';
import { tryRead } from '#app/integrations/try-read.ts';
import type { ReadResult } from '#app/integrations/try-read.ts';
import type { ExecutionResult } from '#app/services/operations/record-outcome.ts';
import { entryById } from '#db/queries/operations/reconcile-rows.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { latestRestoration } from '#db/queries/deployment/restorations.ts';
import type { Read } from '#db/store.ts';

type Asking = Pick<RemedyDeps, 'store' | 'productApi'>;

/**
 * Whether credits of a step were booked: under its own id, or, where the database was restored, under that of
 * another step of the same request. What was booked for the request and is not what the step asks for is held.
 */
export const lookUpCredits = async (
  deps: Asking,
  step: Operation,
): Promise<ReadResult<ExecutionResult>> => {
  const { read } = deps.store;
  const own = await tryRead(() => deps.productApi.readAdjustment(step.id));
  if (own.kind === 'found') return { kind: 'found', value: await entryMade(read, step, own.value) };
  if (own.kind === 'unreadable') return own;
  const request = await restoredRequest(read, step);
  if (request === null) return own;
  const before = await tryRead(() => entriesOfUnknownSteps(deps, request));
  if (before.kind !== 'found') return before;
  let held: ExecutionResult | null = null;
  for (const { stepId, entry } of before.value) {
    const value = await entryMade(read, step, entry);
    if (value.outcome.kind === 'accepted') return { kind: 'found', value };
    held ??= heldBy(value, stepId);
  }
  return held === null ? own : { kind: 'found', value: held };
};

const heldBy = (tried: ExecutionResult, stepId: string): ExecutionResult => {
  const { outcome } = tried;
  if (outcome.kind !== 'held') return tried;
  const words = `${outcome.words} It was booked for this request, as ${stepId}, before the database was restored.`;
  return { ...tried, outcome: { ...outcome, words } };
};

/**
 * The request of a step where it may have been changed and carried out after the backup from which the
 * database was restored; else null. What returns credits has its id from the step that took them.
 */
async function restoredRequest(
  read: Read,
  { requestId, credits }: Operation,
): Promise<StoredRequest | null> {
  const latest = await latestRestoration(read);
  if (latest === null) return null;
  const request = await findRequest(read, requestId);
  if (request === null || (request.kind === 'refund' && (credits ?? 0) > 0)) return null;
  // While sending is held nothing can be asked for: what was asked for later is in no backup.
  const isLater = latest.confirmedAt !== null && request.requestedAt > latest.confirmedAt;
  return isLater ? null : request;
}

/** What the product has under our id, and the record that the book gets of it. */
export const entryMade = async (
  read: Read,
  step: Operation,
  entry: LedgerEntry,
): Promise<ExecutionResult> => {
  // Written when the step was planned.
  const { paymentId = null, generationId = null } = JSON.parse(step.body) as {
    paymentId?: string;
    generationId?: string;
  };
  const { customerId, firstSentAt } = step;
  const sent = { customerId, credits: step.credits ?? 0, paymentId, generationId, firstSentAt };
  const words = entryMismatch(entry, sent, await entryById(read, entry.id));
  if (words !== null) return { outcome: { kind: 'held', words }, records: [] };
  return {
    outcome: { kind: 'accepted', externalId: entry.id, status: 'booked', bankReference: null },
    records: [{ type: 'ledgerEntry', record: entry }],
  };
};
