import { formatCreditCount } from '#app/domain/money/credits.ts';
import { STATE_LABELS } from '#app/domain/requests/state-machine.ts';
import { possibleCreditSteps } from '#app/domain/operations/operation-id.ts';
import type { PossibleStep } from '#app/domain/operations/operation-id.ts';
import type { MissingFromBackup } from '#app/domain/restore/missing-from-backup.ts';
import type { LiveRefund } from '#app/integrations/stripe/types.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { entriesOfSteps, unknownSteps } from '#app/services/operations/ledger-entry-result.ts';
import type { OurEntry } from '#app/services/operations/ledger-entry-result.ts';
import { saveRecords } from '#app/services/import/save-records.ts';
import { appendAudit } from '#db/queries/audit/audit-events.ts';
import { operationsOf } from '#db/queries/operations/operations.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { unfinishedRequests } from '#db/queries/deployment/restorations.ts';

/** Whose steps are looked up: a request of this database, or one that it does not know. */
interface Named {
  requestId: string;
  request: StoredRequest | null;
  steps: PossibleStep[];
}

interface Hints {
  forgotten: readonly MissingFromBackup[];
  live: readonly LiveRefund[];
}

/**
 * Credits that the product has booked under ids of ours, while this database does not know it: they come into
 * the book. Only where a product API is set.
 */
export async function creditsForgotten(
  deps: RemedyDeps,
  hints: Hints,
): Promise<MissingFromBackup[]> {
  const found: MissingFromBackup[] = [];
  for (const named of await requestsToLookUp(deps, hints)) {
    for (const { returned, ...booked } of await entriesOfSteps(deps, named.steps)) {
      const { entry } = booked;
      if (named.request !== null && entry.customerId !== named.request.customerId) continue;
      await takeEntry(deps, named, booked);
      if (returned !== null) await takeEntry(deps, named, returned);
      found.push({
        ...({ kind: 'credits', from: 'product', id: entry.id, at: entry.occurredAt } as const),
        ...{ requestId: named.requestId, customerId: entry.customerId },
        words: sayBooked(named, booked, returned),
      });
    }
  }
  return found;
}

async function requestsToLookUp(deps: RemedyDeps, hints: Hints): Promise<Named[]> {
  const { read } = deps.store;
  const named: Named[] = [];
  for (const request of await unfinishedRequests(read)) {
    const known = await operationsOf(read, [request.id]);
    const open = known
      .filter(({ kind, state }) => kind === 'credit_adjustment' && state !== 'succeeded')
      .map(({ id }) => ({ id, returnedBy: null }));
    const steps = [...open, ...(await unknownSteps(deps, request))];
    named.push({ requestId: request.id, request, steps });
  }
  const seen = new Set(named.flatMap(({ steps }) => steps.map(({ id }) => id)));
  for (const { requestId, steps } of hinted(hints)) {
    const request = await findRequest(read, requestId);
    const known = await operationsOf(read, [requestId]);
    const done = new Set(known.filter(({ state }) => state === 'succeeded').map(({ id }) => id));
    const news = steps.filter(({ id }) => !seen.has(id) && !done.has(id));
    for (const { id } of news) seen.add(id);
    named.push({ requestId, request, steps: news });
  }
  return named;
}

/** Steps that the replaced database has sent, and those behind refunds that Stripe has of us. */
function* hinted({ forgotten, live }: Hints): Generator<Omit<Named, 'request'>> {
  for (const { kind, from, id, requestId } of forgotten)
    if (kind === 'credits' && from === 'replaced_database' && requestId !== null)
      yield { requestId, steps: [{ id, returnedBy: null }] };
  for (const requestId of new Set(live.flatMap((refund) => refund.requestId ?? [])))
    yield { requestId, steps: possibleCreditSteps({ id: requestId, kind: 'refund', revision: 1 }) };
}

function sayBooked(
  { requestId, request }: Named,
  { entry }: OurEntry,
  returned: OurEntry | null,
): string {
  const what = `${formatCreditCount(entry.credits)} were booked as ${entry.id} for request ${requestId}`;
  const where =
    request === null
      ? 'which this database does not know'
      : `which is ${STATE_LABELS[request.state]} here`;
  if (returned !== null) return `${what}, ${where}, and returned since as ${returned.entry.id}.`;
  return request === null ? `${what}, ${where}.` : `${what}, ${where}: they are not booked again.`;
}

async function takeEntry(
  { store, now, newId }: RemedyDeps,
  { requestId }: Named,
  { stepId, entry }: OurEntry,
): Promise<void> {
  await store.write(async (tx) => {
    await saveRecords(tx, [{ type: 'ledgerEntry', record: entry }]);
    await appendAudit(tx, {
      ...{ id: newId('aud'), at: now(), kind: 'credit-adjustment.found' },
      ...{ customerId: entry.customerId, subject: `request:${requestId}` },
      detail: { operation: stepId, externalId: entry.id },
    });
  });
}
